// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A file of pages, one a line, read as they would come from a connection.
#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::bench {

class PageFile {
  public:
    /// Errors: Io.
    [[nodiscard]] static Result<PageFile> open(const std::filesystem::path& file);
    PageFile(PageFile&& other) noexcept;
    PageFile& operator=(PageFile&&) = delete;
    ~PageFile();

    /// The next page without its line end, or nothing after the last. It lives until the next call
    /// and has room behind it for a JSON parser's padding. Errors: Io.
    [[nodiscard]] Result<std::optional<std::string_view>> next();

  private:
    explicit PageFile(int handle) : handle_(handle) {}
    [[nodiscard]] Result<bool> read_more();

    int handle_;
    std::string buffer_;
    std::size_t begin_ = 0;  // of what is not yet given out
    std::size_t end_ = 0;    // of what was read
};

/// XXH3 of all the bytes of a file. Errors: Io.
[[nodiscard]] Result<std::uint64_t> print_of_file(const std::filesystem::path& file);

}  // namespace thidua::bench
