// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/docx/package.hpp"

#include "core/text.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <cstdint>
#include <memory>
#include <set>
#include <utility>

namespace thidua::reports::docx {
namespace {

constexpr std::uint16_t first_dos_day = 0x21;  // 1980-01-01, the same in every file
constexpr std::uint64_t file_bytes_max = 16ULL * 1024 * 1024;
constexpr std::uint64_t part_bytes_max = 32ULL * 1024 * 1024;
constexpr std::uint64_t all_bytes_max = 64ULL * 1024 * 1024;
constexpr std::uint64_t parts_max = 1'000;

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct FreeSource {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Source = std::unique_ptr<zip_source_t, FreeSource>;

std::unexpected<Error> not_packed() {
    return fail(ErrorKind::Io, "a Word file could not be packed: no memory for it");
}

std::unexpected<Error> refused(std::string message) {
    return fail(ErrorKind::Data, std::move(message));
}

/// `bytes` must live until the archive is closed.
bool add(zip_t* archive, const Part& part) {
    zip_source_t* source =
        zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), /*freep=*/0);
    const zip_int64_t index =
        source == nullptr ? -1 : zip_file_add(archive, part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    const auto at = static_cast<zip_uint64_t>(index);
    return zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, 9) == 0 &&
           zip_file_set_dostime(archive, at, 0, first_dos_day, 0) == 0;
}

Result<std::string> bytes_of(zip_source_t* source) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) {
        return not_packed();
    }
    std::string bytes(stat.size, '\0');
    const zip_int64_t read = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    return std::cmp_equal(read, bytes.size()) ? Result<std::string>(std::move(bytes))
                                              : not_packed();
}

bool is_plain_name(std::string_view name) {
    const bool is_odd =
        name.empty() || name.front() == '/' || name.find_first_of("\\:") != std::string_view::npos;
    const std::string steps = "/" + std::string(name) + "/";
    return !is_odd && steps.find("/../") == std::string::npos &&
           steps.find("/./") == std::string::npos;
}

Result<std::uint64_t> size_of(zip_t* archive, std::uint64_t index) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr auto needed = ZIP_STAT_SIZE | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(archive, index, 0, &stat) != 0 || (stat.valid & needed) != needed) {
        return refused("the zip does not say how large it is");
    }
    if (stat.encryption_method != ZIP_EM_NONE) {
        return refused("encrypted; save the form without a password");
    }
    if (stat.size > part_bytes_max) {
        return refused(fmt::format("unpacks to more than {} bytes", part_bytes_max));
    }
    return stat.size;
}

/// What entry `index` holds; never more than it declares.
Result<std::string> read_entry(zip_t* archive, std::uint64_t index) {
    const auto size = size_of(archive, index);
    if (!size) {
        return std::unexpected(size.error());
    }
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive, index, 0));
    if (!file) {
        return refused("cannot be unpacked");
    }
    std::string bytes(*size, '\0');
    const zip_int64_t read = zip_fread(file.get(), bytes.data(), bytes.size());
    char more = 0;  // reading past the end is what checks the sum
    const zip_int64_t rest = zip_fread(file.get(), &more, 1);
    return std::cmp_equal(read, bytes.size()) && rest == 0 ? Result<std::string>(std::move(bytes))
                                                           : refused("damaged");
}

Result<Archive> open(std::string_view bytes) {
    if (bytes.empty() || bytes.size() > file_bytes_max) {
        return refused(
            fmt::format("the file has {} bytes, not 1 to {}", bytes.size(), file_bytes_max)
        );
    }
    zip_error_t error;
    zip_error_init(&error);
    Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
    Archive archive(
        source ? zip_open_from_source(source.get(), ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr
    );
    zip_error_fini(&error);
    if (!archive) {
        return refused("not a whole .docx file; save it again as .docx, without a password");
    }
    (void)source.release();  // the archive has it now
    return archive;
}

}  // namespace

Result<std::string> pack(std::span<const Part> parts) {
    zip_error_t error;
    zip_error_init(&error);
    const Source source(zip_source_buffer_create(nullptr, 0, 0, &error));
    Archive archive(
        source ? zip_open_from_source(source.get(), ZIP_CREATE | ZIP_TRUNCATE, &error) : nullptr
    );
    zip_error_fini(&error);
    if (!archive) {
        return not_packed();
    }
    zip_source_keep(source.get());
    for (const Part& part : parts) {
        if (!add(archive.get(), part)) {
            return not_packed();
        }
    }
    if (zip_close(archive.get()) != 0) {
        return not_packed();
    }
    (void)archive.release();
    return bytes_of(source.get());
}

Result<std::vector<Part>> unpack(std::string_view bytes) {
    const auto archive = open(bytes);
    if (!archive) {
        return std::unexpected(archive.error());
    }
    const auto count = static_cast<std::uint64_t>(zip_get_num_entries(archive->get(), 0));
    if (count > parts_max) {
        return refused(fmt::format("the zip has {} entries; at most {} are read", count, parts_max)
        );
    }
    std::vector<Part> parts;
    std::set<std::string, std::less<>> names;
    std::uint64_t total = 0;
    for (std::uint64_t index = 0; index < count; ++index) {
        const char* name = zip_get_name(archive->get(), index, 0);
        if (name == nullptr || !is_plain_name(name) || !names.insert(fold(name)).second) {
            return refused(fmt::format("entry {} of the zip has a name that is not allowed", index)
            );
        }
        if (std::string_view(name).ends_with('/')) {
            continue;  // a folder, which no office program needs
        }
        auto content = read_entry(archive->get(), index);
        if (!content) {
            return failed(one_line(name), content.error());
        }
        total += content->size();
        if (total > all_bytes_max) {
            return refused(fmt::format("the zip unpacks to more than {} bytes", all_bytes_max));
        }
        parts.push_back({name, *std::move(content)});
    }
    return parts;
}

}  // namespace thidua::reports::docx
