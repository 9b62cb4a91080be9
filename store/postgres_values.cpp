// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/postgres_values.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace thidua::store {
namespace {

static_assert(std::endian::native == std::endian::little);

void append(std::string& bytes, std::int16_t value) {
    const auto bits = __builtin_bswap16(static_cast<std::uint16_t>(value));
    bytes.append(reinterpret_cast<const char*>(&bits), sizeof bits);
}

void append(std::string& bytes, std::int32_t value) {
    const auto bits = __builtin_bswap32(static_cast<std::uint32_t>(value));
    bytes.append(reinterpret_cast<const char*>(&bits), sizeof bits);
}

/// With its length before it. Most fields are this, so it is one append.
void append_field(std::string& bytes, std::int64_t value) {
    std::array<char, 12> field{};
    const auto length = __builtin_bswap32(8);
    const auto bits = __builtin_bswap64(static_cast<std::uint64_t>(value));
    std::memcpy(field.data(), &length, sizeof length);
    std::memcpy(field.data() + sizeof length, &bits, sizeof bits);
    bytes.append(field.data(), field.size());
}

void append_field(std::string& bytes, std::string_view value) {
    append(bytes, static_cast<std::int32_t>(value.size()));
    bytes += value;
}

constexpr std::size_t size_at = 12;  // of an array: after dimensions, has-null and element type

}  // namespace

CopyRows::CopyRows(std::int16_t columns) : columns_(columns), bytes_("PGCOPY\n\xff\r\n\0", 11) {
    append(bytes_, std::int32_t{0});  // flags
    append(bytes_, std::int32_t{0});  // length of what else the header holds
}

CopyRows& CopyRows::row() {
    append(bytes_, columns_);
    return *this;
}

CopyRows& CopyRows::add(std::int64_t value) {
    append_field(bytes_, value);
    return *this;
}

CopyRows& CopyRows::add(std::optional<std::int64_t> value) {
    if (value) {
        append_field(bytes_, *value);
    } else {
        append(bytes_, std::int32_t{-1});
    }
    return *this;
}

CopyRows& CopyRows::add(std::string_view value) {
    append_field(bytes_, value);
    return *this;
}

std::string_view CopyRows::finish() {
    append(bytes_, std::int16_t{-1});
    return bytes_;
}

PostgresArray::PostgresArray(Of of) : of_(of) {
    append(bytes_, std::int32_t{1});  // dimensions
    append(bytes_, std::int32_t{0});  // no nulls
    append(bytes_, static_cast<std::int32_t>(of));
    append(bytes_, std::int32_t{0});  // size
    append(bytes_, std::int32_t{1});  // number of the first
}

void PostgresArray::grow() {
    const auto bits = __builtin_bswap32(static_cast<std::uint32_t>(++size_));
    std::memcpy(bytes_.data() + size_at, &bits, sizeof bits);
}

void PostgresArray::add(std::int64_t value) {
    append_field(bytes_, value);
    grow();
}

void PostgresArray::add(std::string_view value) {
    append_field(bytes_, value);
    grow();
}

unsigned PostgresArray::type() const {
    return of_ == Of::Integers ? 1016 : 1009;
}

std::int64_t integer_from(const char* bytes) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, bytes, sizeof bits);
    return static_cast<std::int64_t>(__builtin_bswap64(bits));
}

}  // namespace thidua::store
