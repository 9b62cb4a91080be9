// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// An official paper (văn bản hành chính) as NĐ 30/2020/NĐ-CP, phụ lục I, lays it out, before
// anybody decides how it is written to a file. Number, day and signature are left to people.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace thidua::reports::official {

/// A piece of text within a line.
struct Span {
    enum class Kind {
        Plain,
        Bold,
        Italic,
        Prompt,     ///< what a person has to write, marked so that it cannot be overlooked
        Reference,  ///< small print: the id by which a figure is explained
        Break,      ///< a new line in the same paragraph; `text` is empty
    };
    Kind kind = Kind::Plain;
    std::string text;

    friend bool operator==(const Span&, const Span&) = default;
};
using Line = std::vector<Span>;

struct Heading {
    enum class Level {
        Part,     ///< I.
        Section,  ///< 1.
        Item,     ///< a)
    };
    Level level = Level::Part;
    std::string text;  ///< with its number

    friend bool operator==(const Heading&, const Heading&) = default;
};

struct Paragraph {
    Line line;

    friend bool operator==(const Paragraph&, const Paragraph&) = default;
};

/// A paragraph that begins with a hyphen.
struct Bullet {
    Line line;

    friend bool operator==(const Bullet&, const Bullet&) = default;
};

/// Căn cứ: each ends with a semicolon, the last one with a full stop.
struct Grounds {
    std::vector<std::string> documents;

    friend bool operator==(const Grounds&, const Grounds&) = default;
};

struct Table {
    enum class Align { Left, Centre, Right };
    struct Column {
        std::string title;
        int width = 1;  ///< in shares of the whole
        Align align = Align::Left;

        friend bool operator==(const Column&, const Column&) = default;
    };
    std::vector<Column> columns;
    std::vector<std::vector<Line>> rows;  ///< a cell per column

    friend bool operator==(const Table&, const Table&) = default;
};

using Block = std::variant<Heading, Paragraph, Bullet, Grounds, Table>;

/// What stands above the kind of paper.
struct Letterhead {
    std::string parent;        ///< cơ quan chủ quản, in capitals; may be empty
    std::string organisation;  ///< cơ quan ban hành, in capitals
    std::string symbol;  ///< "/BC-STNMT", after the blank for the number; empty: none is given
    std::string about;   ///< "đôn đốc ...": of a letter (công văn), which has no kind
    std::string place;
    int year = 0;  ///< of the day, which is left blank

    friend bool operator==(const Letterhead&, const Letterhead&) = default;
};

struct Signature {
    std::string authority;  ///< "KT. GIÁM ĐỐC"; may be empty
    std::string title;      ///< "PHÓ GIÁM ĐỐC"
    std::string note;       ///< "(Ký, đóng dấu)"; may be empty
    std::string name;       ///< may be empty

    friend bool operator==(const Signature&, const Signature&) = default;
};

/// Begins on a page of its own, after signature and recipients.
struct Annex {
    std::string title;
    bool is_landscape = false;
    std::vector<Block> blocks;

    friend bool operator==(const Annex&, const Annex&) = default;
};

struct Paper {
    std::string file_title;  ///< for the file's properties
    Letterhead letterhead;
    std::string form;     ///< "Mẫu số 08": over the letterhead; may be empty
    std::string kind;     ///< "BÁO CÁO"; empty: a letter
    std::string subject;  ///< trích yếu, below the kind
    std::vector<std::string> addressees;
    std::vector<Block> blocks;
    std::vector<Signature> signatures;    ///< one, or two side by side, left first
    std::vector<std::string> recipients;  ///< Nơi nhận; may be none
    std::vector<Annex> annexes;
    bool is_draft = true;  ///< marked DỰ THẢO
    /// Kept in the file beside the text: which figures it was made of.
    std::vector<std::pair<std::string, std::string>> properties;

    friend bool operator==(const Paper&, const Paper&) = default;
};

}  // namespace thidua::reports::official
