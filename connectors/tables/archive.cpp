// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/tables/archive.hpp"

#include "core/text.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>

namespace thidua::connectors {
namespace {

constexpr std::string_view compound_file = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

std::unexpected<Error> refused(std::string message) {
    return fail(ErrorKind::Data, std::move(message));
}

/// Without case, as the names of parts are compared.
std::string key_of(std::string_view part) {
    std::string key(part);
    std::ranges::transform(key, key.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return key;
}

bool is_plain_name(std::string_view name) {
    if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos ||
        name.find(':') != std::string_view::npos) {
        return false;
    }
    while (!name.empty()) {
        const std::size_t length = std::min(name.find('/'), name.size());
        if (const auto step = name.substr(0, length); step == ".." || step == ".") {
            return false;
        }
        name.remove_prefix(std::min(length + 1, name.size()));
    }
    return true;
}

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

void Archive::Close::operator()(zip* handle) const {
    zip_discard(handle);
}

Result<Archive> Archive::open(std::string_view bytes, const TableLimits& limits) {
    if (bytes.size() > limits.file_bytes) {
        return refused(fmt::format(
            "the file has {} bytes; at most {} are read", bytes.size(), limits.file_bytes
        ));
    }
    if (bytes.empty()) {
        return refused("the file is empty");
    }
    if (bytes.starts_with(compound_file)) {
        return refused(
            "not an .xlsx file, but an old .xls or one with a password; save it as .xlsx without "
            "a password"
        );
    }
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* handle = source == nullptr
                        ? nullptr
                        : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (handle == nullptr) {
        const std::string words = zip_error_strerror(&error);
        zip_source_free(source);
        zip_error_fini(&error);
        return refused(fmt::format("not a whole zip file, as .xlsx is ({})", words));
    }
    zip_error_fini(&error);
    Archive archive;
    archive.zip_.reset(handle);
    if (auto added = archive.add_entries(limits); !added) {
        return std::unexpected(std::move(added.error()));
    }
    return archive;
}

Result<void> Archive::add_entries(const TableLimits& limits) {
    const auto count =
        static_cast<std::uint64_t>(std::max<zip_int64_t>(zip_get_num_entries(zip_.get(), 0), 0));
    if (count > limits.entries) {
        return refused(
            fmt::format("the zip has {} entries; at most {} are read", count, limits.entries)
        );
    }
    std::uint64_t total = 0;
    for (std::uint64_t index = 0; index < count; ++index) {
        const char* name = zip_get_name(zip_.get(), index, ZIP_FL_ENC_GUESS);
        if (name == nullptr || !is_plain_name(name)) {
            return refused(fmt::format("entry {} of the zip has a name that is not allowed", index)
            );
        }
        auto entry = checked_entry(index, limits);
        if (!entry) {
            return failed(one_line(name), entry.error());
        }
        // Each size is at most decoded_bytes, and there are few: the sum cannot overflow.
        total += entry->size;
        if (total > limits.decoded_bytes) {
            return refused(
                fmt::format("the zip unpacks to more than {} bytes", limits.decoded_bytes)
            );
        }
        if (!entries_.emplace(key_of(name), *entry).second) {
            return refused(fmt::format("{}: twice in the zip", one_line(name)));
        }
    }
    return {};
}

Result<Archive::Entry> Archive::checked_entry(std::uint64_t index, const TableLimits& limits)
    const {
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr auto needed =
        ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(zip_.get(), index, 0, &stat) != 0 || (stat.valid & needed) != needed) {
        return refused("the zip does not say how large it is");
    }
    if (stat.encryption_method != ZIP_EM_NONE) {
        return refused("encrypted; save the file without a password");
    }
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) {
        return refused("packed by a method other than deflate");
    }
    if (stat.size > limits.decoded_bytes) {
        return refused(fmt::format("unpacks to more than {} bytes", limits.decoded_bytes));
    }
    if (stat.size > limits.ratio_from && stat.size / limits.ratio > stat.comp_size) {
        return refused(
            fmt::format("unpacks to more than {} times its size, as only a bomb does", limits.ratio)
        );
    }
    return Entry{.index = index, .size = stat.size};
}

bool Archive::has(std::string_view part) const {
    return entries_.contains(key_of(part));
}

Result<void> Archive::read(
    std::string_view part, const std::function<Result<void>(std::string_view)>& sink
) const {
    const auto entry = entries_.find(key_of(part));
    if (entry == entries_.end()) {
        return refused(fmt::format("{}: not in the file", one_line(part)));
    }
    const std::unique_ptr<zip_file_t, CloseFile> file(
        zip_fopen_index(zip_.get(), entry->second.index, 0)
    );
    if (!file) {
        return refused(fmt::format("{}: {}", one_line(part), zip_strerror(zip_.get())));
    }
    std::array<char, 64 * 1024> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init): read into
    std::uint64_t total = 0;
    for (;;) {
        const zip_int64_t length = zip_fread(file.get(), piece.data(), piece.size());
        if (length < 0) {
            const std::string words = zip_error_strerror(zip_file_get_error(file.get()));
            return refused(fmt::format("{}: damaged ({})", one_line(part), words));
        }
        if (length == 0) {
            return total == entry->second.size
                       ? Result<void>{}
                       : refused(fmt::format("{}: shorter than it declares", one_line(part)));
        }
        total += static_cast<std::uint64_t>(length);
        if (total > entry->second.size) {
            return refused(fmt::format("{}: unpacks to more than it declares", one_line(part)));
        }
        if (auto taken = sink({piece.data(), static_cast<std::size_t>(length)}); !taken) {
            return taken;
        }
    }
}

}  // namespace thidua::connectors
