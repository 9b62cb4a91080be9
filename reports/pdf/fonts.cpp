// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/pdf/fonts.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>

#ifdef __SANITIZE_ADDRESS__
// Fontconfig keeps pointers as distances from where they stand, so that its caches can be mapped
// from files: the leak checker does not see that its fonts, which last as long as the process, are
// still in use.
extern "C" {
const char* __lsan_default_suppressions();
const char* __lsan_default_options();
const char* __lsan_default_suppressions() {
    return "leak:libfontconfig.so";
}
const char* __lsan_default_options() {
    return "print_suppressions=0";
}
}
#endif

namespace thidua::reports::pdf {
namespace {

struct FontFile {
    const char* path;
    const char* package;
    bool is_text;  ///< sets Vietnamese; the other one has the signs that they lack, ✓ and ✗
};

// Absolute: a daemon's environment chooses no fonts.
constexpr FontFile files[] = {
    {"/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
     "fonts-liberation2",
     true},
    {"/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf", "fonts-liberation2", true},
    {"/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf", "fonts-liberation2", true},
    {"/usr/share/fonts/truetype/liberation2/LiberationSerif-BoldItalic.ttf",
     "fonts-liberation2",
     true},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "fonts-dejavu-core", false},
};

struct FreeConfig {
    void operator()(FcConfig* config) const { FcConfigDestroy(config); }
};
struct FreeLetters {
    void operator()(FcCharSet* letters) const { FcCharSetDestroy(letters); }
};
using Letters = std::unique_ptr<FcCharSet, FreeLetters>;

std::mutex loading;
/// What some font has; nothing until they are loaded.
Letters known_letters;

bool has_vietnamese(const FcCharSet* letters) {
    for (FcChar32 letter = 0x1EA0; letter <= 0x1EF9; ++letter) {  // Ạ to ỹ
        if (FcCharSetHasChar(letters, letter) == FcFalse) {
            return false;
        }
    }
    constexpr std::u32string_view others = U"ĂăÂâĐđÊêÔôƠơƯư₫";
    return std::ranges::all_of(others, [letters](char32_t letter) {
        return FcCharSetHasChar(letters, letter) == FcTrue;
    });
}

std::unexpected<Error> refuse(const FontFile& file, std::string_view what) {
    return fail(
        ErrorKind::Io,
        fmt::format("PDF: font {} {}: install the package {}", file.path, what, file.package)
    );
}

/// The letters of the font that came last into `config`.
const FcCharSet* newest_letters(FcConfig* config) {
    const FcFontSet* fonts = FcConfigGetFonts(config, FcSetApplication);
    FcCharSet* letters = nullptr;
    if (fonts == nullptr || fonts->nfont == 0 ||
        FcPatternGetCharSet(fonts->fonts[fonts->nfont - 1], FC_CHARSET, 0, &letters) !=
            FcResultMatch) {
        return nullptr;
    }
    return letters;
}

struct Decoded {
    std::optional<FcChar32> letter;  ///< nothing: not UTF-8
    std::size_t bytes = 1;
};

/// The letter at the beginning of `text`.
Decoded decode(std::string_view text) {
    FcChar32 letter = 0;
    const auto* start = reinterpret_cast<const FcChar8*>(text.data());
    const int bytes = FcUtf8ToUcs4(start, &letter, static_cast<int>(text.size()));
    FcChar8 shortest[FC_UTF8_MAX_LEN] = {};
    const bool is_surrogate = letter >= 0xD800 && letter <= 0xDFFF;
    if (bytes <= 0 || is_surrogate || letter > 0x10FFFF ||
        FcUcs4ToUtf8(letter, shortest) != bytes) {
        return {};
    }
    return {letter, static_cast<std::size_t>(bytes)};
}

/// Marks that turn the direction of what follows could make a figure read backwards.
bool turns_direction(FcChar32 letter) {
    return (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069);
}

bool is_printable(FcChar32 letter) {
    return !turns_direction(letter) && FcCharSetHasChar(known_letters.get(), letter) == FcTrue;
}

}  // namespace

Result<void> load_fonts() {
    const std::lock_guard guard(loading);
    if (known_letters) {
        return {};
    }
    const std::unique_ptr<FcConfig, FreeConfig> config(FcConfigCreate());
    Letters all(FcCharSetCreate());
    check(config && all, "load_fonts: memory");
    for (const FontFile& file : files) {
        const auto* path = reinterpret_cast<const FcChar8*>(file.path);
        if (FcConfigAppFontAddFile(config.get(), path) == FcFalse) {
            return refuse(file, "is missing");
        }
        const FcCharSet* letters = newest_letters(config.get());
        if (letters == nullptr || (file.is_text && !has_vietnamese(letters))) {
            return refuse(file, "lacks Vietnamese letters");
        }
        all.reset(FcCharSetUnion(all.get(), letters));
    }
    // Also keeps Pango from loading the host's configuration.
    check(FcConfigSetCurrent(config.get()) == FcTrue, "load_fonts: the fonts become current");
    known_letters = std::move(all);
    return {};
}

std::string printable(std::string_view text) {
    std::string printed;
    printed.reserve(text.size());
    while (!text.empty()) {
        const auto [letter, bytes] = decode(text);
        if (letter && (*letter < 0x20 || *letter == 0x7F)) {
            printed += ' ';
        } else if (text.starts_with(" %")) {
            printed += "\u00A0";
        } else if (letter && is_printable(*letter)) {
            printed += text.substr(0, bytes);
        } else {
            printed += "□";
        }
        text.remove_prefix(bytes);
    }
    return printed;
}

}  // namespace thidua::reports::pdf
