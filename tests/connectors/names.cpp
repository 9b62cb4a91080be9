// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/connectors/names.hpp"

#include <dlfcn.h>
#include <netdb.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>

namespace thidua::test {
namespace {

struct Standing {
    bool is_silent = false;
    int asking = 0;
};

struct Register {
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::string, Standing> names;
};

Register& the_register() {
    static Register made;
    return made;
}

void add(const std::string& name, bool is_silent) {
    const std::scoped_lock lock(the_register().mutex);
    the_register().names[name].is_silent = is_silent;
}

/// Whether the name is one of ours. Returns once it is not silent.
bool is_ours(const std::string& name) {
    Register& all = the_register();
    std::unique_lock lock(all.mutex);
    const auto found = all.names.find(name);
    if (found == all.names.end()) {
        return false;
    }
    ++found->second.asking;
    all.changed.notify_all();
    // Not for ever, so that a transfer that wrongly waits for it fails its test.
    (void
    )all.changed.wait_for(lock, std::chrono::seconds(20), [&] { return !found->second.is_silent; });
    --found->second.asking;
    all.changed.notify_all();
    return true;
}

using GetAddresses = int (*)(const char*, const char*, const addrinfo*, addrinfo**);

}  // namespace

Name::Name(std::string name) : name_(std::move(name)) {
    add(name_, false);
}

Name::~Name() {
    const std::scoped_lock lock(the_register().mutex);
    the_register().names.erase(name_);
}

SilentName::SilentName(std::string name) : name_(std::move(name)) {
    add(name_, true);
}

SilentName::~SilentName() {
    Register& all = the_register();
    std::unique_lock lock(all.mutex);
    Standing& standing = all.names.at(name_);
    standing.is_silent = false;
    all.changed.notify_all();
    all.changed.wait(lock, [&] { return standing.asking == 0; });
    all.names.erase(name_);
}

bool SilentName::wait_until_asked() const {
    Register& all = the_register();
    std::unique_lock lock(all.mutex);
    return all.changed.wait_for(lock, std::chrono::seconds(10), [&] {
        return all.names.at(name_).asking > 0;
    });
}

bool SilentName::is_being_asked() const {
    const std::scoped_lock lock(the_register().mutex);
    return the_register().names.at(name_).asking > 0;
}

}  // namespace thidua::test

/// What libcurl calls, since the program's own symbols come first.
extern "C" __attribute__((visibility("default"))) int getaddrinfo(
    const char* name, const char* service, const addrinfo* hints, addrinfo** addresses
) {
    using namespace thidua::test;
    static const auto real = reinterpret_cast<GetAddresses>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    const bool is_loopback = name != nullptr && is_ours(name);
    return real(is_loopback ? "127.0.0.1" : name, service, hints, addresses);
}
