// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// The bytes of a text file as UTF-8. Old Vietnamese encodings cannot be told from each other by
// their bytes, so they are declared and never guessed.
#pragma once

#include "core/result.hpp"
#include "core/table_file.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace thidua::connectors {

/// Turns a file into UTF-8, piece by piece. What comes out is valid, but not yet NFC, since two
/// letters that become one may stand in two pieces: readers normalise each cell (to_nfc).
class TextDecoder {
  public:
    /// `Io` if this machine's C library does not have the encoding.
    [[nodiscard]] static Result<TextDecoder> make(Encoding encoding);

    /// Adds to `out` what `piece` holds; a letter that is cut in two waits for the next piece.
    /// Errors: Data, naming the line, for bytes that the encoding does not have, and with
    /// `is_last` for a letter that stays cut.
    [[nodiscard]] Result<void> decode(std::string_view piece, bool is_last, std::string& out);

  private:
    enum class Form { Unknown, Utf8, Utf16Little, Utf16Big, Legacy };
    struct Close {
        void operator()(void* converter) const;
    };

    TextDecoder() = default;
    /// Each takes whole letters from the front of waiting_ and gives back how many bytes it took.
    std::size_t take_utf8(std::string& out);
    std::size_t take_utf16(std::string& out);
    std::size_t take_legacy(std::string& out, bool is_last);
    std::size_t take_mark();
    void count_lines(std::string_view text);

    Form form_ = Form::Unknown;
    std::unique_ptr<void, Close> converter_;
    std::string waiting_;
    bool is_wrong_ = false;  ///< what waits is no letter, however it may go on
    bool after_return_ = false;
    std::int64_t line_ = 1;
};

}  // namespace thidua::connectors
