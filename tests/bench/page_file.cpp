// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/page_file.hpp"

#include "core/hash.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <utility>
#include <vector>

namespace thidua::bench {
namespace {

constexpr std::size_t read_bytes = 256 * 1024;
constexpr std::size_t padding = 64;  // no less than SIMDJSON_PADDING

}  // namespace

Result<PageFile> PageFile::open(const std::filesystem::path& file) {
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT: open's own
    if (handle < 0) {
        return fail(ErrorKind::Io, file.string() + ": cannot be opened; generate it first");
    }
    return PageFile(handle);
}

PageFile::PageFile(PageFile&& other) noexcept
    : handle_(std::exchange(other.handle_, -1)),
      buffer_(std::move(other.buffer_)),
      begin_(other.begin_),
      end_(other.end_) {}

PageFile::~PageFile() {
    if (handle_ >= 0) {
        (void)::close(handle_);
    }
}

Result<bool> PageFile::read_more() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (buffer_.size() < end_ + read_bytes + padding) {
        buffer_.resize(2 * (end_ + read_bytes + padding));
    }
    const ssize_t got = ::read(handle_, buffer_.data() + end_, buffer_.size() - padding - end_);
    if (got < 0) {
        return fail(ErrorKind::Io, "the page file cannot be read");
    }
    end_ += static_cast<std::size_t>(got);
    return got > 0;
}

Result<std::optional<std::string_view>> PageFile::next() {
    std::size_t searched = begin_;
    while (true) {
        const void* found = std::memchr(buffer_.data() + searched, '\n', end_ - searched);
        if (found != nullptr) {
            const auto length = static_cast<std::size_t>(
                static_cast<const char*>(found) - (buffer_.data() + begin_)
            );
            const std::string_view page(buffer_.data() + begin_, length);
            begin_ += length + 1;
            return page;
        }
        const std::size_t seen = end_ - begin_;
        const auto more = read_more();
        if (!more) {
            return std::unexpected(more.error());
        }
        if (!*more && seen > 0) {
            return fail(ErrorKind::Io, "the page file is cut off; generate it again");
        }
        if (!*more) {
            return std::optional<std::string_view>{};
        }
        searched = begin_ + seen;
    }
}

Result<std::uint64_t> print_of_file(const std::filesystem::path& file) {
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT: open's own
    if (handle < 0) {
        return fail(ErrorKind::Io, file.string() + ": cannot be opened");
    }
    std::vector<char> part(read_bytes);
    std::uint64_t print = 0;
    ssize_t got = 0;
    while ((got = ::read(handle, part.data(), part.size())) > 0) {
        print = print_of({part.data(), static_cast<std::size_t>(got)}, print);
    }
    (void)::close(handle);
    if (got < 0) {
        return fail(ErrorKind::Io, file.string() + ": cannot be read");
    }
    return print;
}

}  // namespace thidua::bench
