// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's binary forms of what goes over in bulk: rows of a COPY, and arrays. Private to
// store/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace thidua::store {

/// The data of a COPY ... FROM STDIN (FORMAT binary), growing field by field.
class CopyRows {
  public:
    /// Of rows with so many fields each.
    explicit CopyRows(std::int16_t columns);

    CopyRows& row();  ///< begins one
    CopyRows& add(std::int64_t value);
    CopyRows& add(std::optional<std::int64_t> value);
    CopyRows& add(std::string_view value);

    /// All of it with its end; nothing may be added any more.
    [[nodiscard]] std::string_view finish();

  private:
    std::int16_t columns_;
    std::string bytes_;
};

/// A one-dimensional array as the value of a parameter, such as $1 in `id = ANY ($1)`.
class PostgresArray {
  public:
    enum class Of : unsigned { Integers = 20, Texts = 25 };  ///< types of PostgreSQL

    explicit PostgresArray(Of of);

    void add(std::int64_t value);
    void add(std::string_view value);

    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::string_view bytes() const { return bytes_; }
    /// Of the array itself: BIGINT[] or TEXT[].
    [[nodiscard]] unsigned type() const;

  private:
    void grow();

    Of of_;
    std::int32_t size_ = 0;
    std::string bytes_;
};

/// A BIGINT as the server sends it.
[[nodiscard]] std::int64_t integer_from(const char* bytes);

}  // namespace thidua::store
