// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "config/keys/key.hpp"

#include "core/result.hpp"

#include <algorithm>

namespace thidua::config::keys {

const Key* find_key(const KeyMap& map, std::string_view name) {
    const auto own = std::ranges::find(map.keys, name, &Key::name);
    if (own != map.keys.end()) {
        return &*own;
    }
    return map.also ? find_key(*map.also, name) : nullptr;
}

std::vector<const Key*> all_keys(const KeyMap& map) {
    std::vector<const Key*> keys;
    for (const Key& key : map.keys) {
        keys.push_back(&key);
    }
    if (map.also) {
        for (const Key* key : all_keys(*map.also)) {
            if (std::ranges::find(map.keys, key->name, &Key::name) == map.keys.end()) {
                keys.push_back(key);
            }
        }
    }
    return keys;
}

std::vector<std::string> words_in(std::string_view list) {
    std::vector<std::string> words;
    std::string_view rest = list;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('|'), rest.size());
        words.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return words;
}

void disown(const std::string& key, const std::string& disagreement) {
    const std::string message = "configuration key \"" + key + "\": " + disagreement +
                                ": change config/keys/ and the reader together, then renew "
                                "docs/configuration.md (thidua config reference)";
    check(false, message.c_str());
    std::abort();
}

}  // namespace thidua::config::keys
