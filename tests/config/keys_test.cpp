// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The table of keys and the readers of files know the same keys. That a reader knows none beyond
// the table, nor takes another type, range, choice or default, is checked whenever a file is read
// (config/yaml.hpp); here, that the table knows none beyond the readers.
#include "config/files.hpp"
#include "config/keys/maps.hpp"
#include "config/loader.hpp"
#include "tests/config/workspace.hpp"

#include <gtest/gtest.h>

#include <set>

namespace thidua::config {

namespace {

using keys::Type;

std::filesystem::path complete() {
    return repository() / "tests/data/config/complete";
}

/// Notes every key of the table that stands somewhere in a value.
class KeysThatStand {
  public:
    void note(const Value& value, const Type& type) {
        if (type.kind == Type::Kind::Either) {
            note(value, *type.item);
            note(value, *type.other);
        } else if (type.kind == Type::Kind::List) {
            for (const Value& item : value.items) {
                note(item, *type.item);
            }
        } else {
            note_entries(value, type);
        }
    }

    [[nodiscard]] bool has(const keys::Key& key) const { return keys_.contains(&key); }

  private:
    void note_entries(const Value& value, const Type& type) {
        for (const Entry& entry : value.entries) {
            if (type.kind == Type::Kind::Free) {
                note(entry.value, *type.item);
            } else if (const keys::Key* key = type.map ? find_key(*type.map, entry.key) : nullptr) {
                keys_.insert(key);
                note(entry.value, key->type);
            }
        }
    }

    std::set<const keys::Key*> keys_;
};

const Type& type_of_file(std::string_view kind) {
    return std::ranges::find(keys::file_kinds(), kind, &keys::FileKind::name)->type;
}

std::vector<std::string> problems_of(const std::filesystem::path& root) {
    std::vector<std::string> lines;
    if (const auto settings = load(root); !settings) {
        for (const Problem& problem : settings.error()) {
            lines.push_back(to_text(problem));
        }
    }
    return lines;
}

TEST(Keys, AreAllReadBySomebody) {
    // Both load, and a key that nobody reads is a mistake: so whatever stands in them is read.
    EXPECT_EQ(problems_of(complete() / "thidua.yaml"), std::vector<std::string>{});
    EXPECT_EQ(problems_of(complete() / "server.yaml"), std::vector<std::string>{});

    Problems problems;
    Files files(problems);
    KeysThatStand stand;
    const auto note = [&](const std::filesystem::path& file, std::string_view kind) {
        const auto value = files.read(file);
        ASSERT_TRUE(value) << file;
        stand.note(*value, type_of_file(kind));
    };
    note(complete() / "thidua.yaml", "root");
    note(complete() / "server.yaml", "root");
    for (const char* kind : {"campaign", "organisation", "procedures", "officers", "calendar"}) {
        note(complete() / (std::string(kind) + ".yaml"), kind);
    }
    // thidua.yaml has a source of each.
    for (const auto& preset :
         std::filesystem::directory_iterator(repository() / "connectors/presets")) {
        note(preset.path(), "preset");
    }
    for (const keys::KeyMap* map : keys::all_maps()) {
        for (const keys::Key& key : map->keys) {
            EXPECT_TRUE(stand.has(key))
                << "the table has \"" << key.name << "\" of \"" << map->where
                << "\": add it to tests/data/config/complete/, where its reader must take it; or "
                   "take it out of config/keys/";
        }
    }
}

TEST(Keys, AreToldOfInWholeSentences) {
    std::set<std::string_view> names;
    for (const keys::KeyMap* map : keys::all_maps()) {
        EXPECT_TRUE(names.insert(map->name).second) << map->name << ": two maps of one name";
        EXPECT_TRUE(map->meaning.ends_with('.')) << map->name;
        std::set<std::string_view> known;
        for (const keys::Key& key : map->keys) {
            EXPECT_TRUE(known.insert(key.name).second) << map->name << ": " << key.name << " twice";
            EXPECT_TRUE(key.meaning.ends_with('.')) << map->name << ": " << key.name;
        }
    }
}

/// What a reader says that does not agree with the table ends the process.
class Disagreement : public testing::Test {
  protected:
    Node root() { return {value_, keys::root_file(), "", problems_}; }
    Node smtp() { return root().optional("smtp"); }

    Problems problems_;
    Value value_ = *parse_yaml("{}", problems_.add_file("f.yaml"), problems_);
};

using DisagreementDeathTest = Disagreement;

TEST_F(DisagreementDeathTest, EndsTheProcessWithWhatToDo) {
    EXPECT_DEATH(
        (void)root().optional("sauces"),
        "\"sauces\": a reader asks for it, but the table of keys has none such: change "
        "config/keys/ and the reader together, then renew docs/configuration.md"
    );
    EXPECT_DEATH((void)smtp().required("timeout"), "\"smtp.timeout\": its reader requires it");
    EXPECT_DEATH((void)smtp().optional("timeout").text(), "\"smtp.timeout\": .* another type");
    EXPECT_DEATH(
        (void)smtp().optional("timeout").duration_or(std::chrono::seconds{9}),
        "\"smtp.timeout\": its default is not what the table says"
    );
    EXPECT_DEATH(
        (void)smtp().optional("connections").number_or<int>(1, 21, 4),
        "\"smtp.connections\": its reader takes another range"
    );
    EXPECT_DEATH(
        (void)smtp().optional("from_name").text_or("Sở"),
        "\"smtp.from_name\": it has a default that the table does not tell"
    );
    EXPECT_DEATH(
        (void)root()
            .optional("reports")
            .optional("weekly")
            .optional("requires")
            .optional("on_unfit")
            .one_of<bool>({{"degrade", true}}),
        "on_unfit\": its reader takes other words"
    );
    EXPECT_DEATH(root().finish(), "\"version\": the table requires it, its reader does not");
}

}  // namespace

}  // namespace thidua::config
