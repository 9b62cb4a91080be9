// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "store/sql_dialect.hpp"

#include <gtest/gtest.h>

namespace thidua::store {
namespace {

TEST(Placeholders, AreNumberedInTheirOrder) {
    EXPECT_EQ(number_placeholders("a = ? AND b = ?"), "a = $1 AND b = $2");
    EXPECT_EQ(number_placeholders("a = ?2 AND b = ?1 AND c = ?"), "a = $2 AND b = $1 AND c = $3");
    EXPECT_EQ(number_placeholders("?11?"), "$11$12");
    EXPECT_EQ(number_placeholders(""), "");
}

TEST(Placeholders, AreNoneInLiteralsNamesAndComments) {
    EXPECT_EQ(number_placeholders("'?' \"?\" ?"), "'?' \"?\" $1");
    EXPECT_EQ(number_placeholders("'it''s ?' ?"), "'it''s ?' $1");
    EXPECT_EQ(number_placeholders("? -- why?\n ?"), "$1 -- why?\n $2");
    EXPECT_EQ(number_placeholders("? /* ? \n ? */ ?"), "$1 /* ? \n ? */ $2");
    EXPECT_EQ(number_placeholders("? 'never closed ?"), "$1 'never closed ?");
}

TEST(SchemaText, HasTheTypesOfEachDialect) {
    const std::string text =
        "-- INTEGER in words\n"
        "CREATE TABLE t (\n"
        "    a INTEGER NOT NULL,  -- TEXT in words\n"
        "    b TEXT CHECK (b IN ('INTEGER', 'x')),\n"
        "    c BLOB\n"
        ") STRICT, WITHOUT ROWID;\n"
        "CREATE TABLE u (INTEGERS INTEGER) STRICT;";
    EXPECT_EQ(schema_for(Dialect::Sqlite, text), text);
    EXPECT_EQ(
        schema_for(Dialect::Postgres, text),
        "\n"
        "CREATE TABLE t (\n"
        "    a BIGINT NOT NULL,  \n"
        "    b TEXT COLLATE \"C\" CHECK (b IN ('INTEGER', 'x')),\n"
        "    c BYTEA\n"
        ");\n"
        "CREATE TABLE u (INTEGERS BIGINT);\n"
    );
}

TEST(SchemaText, HasLinesOfOneDialectOnly) {
    const std::string text =
        "CREATE TABLE t (\n"
        "    --postgres agency BIGINT NOT NULL DEFAULT 1,\n"
        "    id INTEGER PRIMARY KEY,  --sqlite\n"
        "    --postgres id BIGINT NOT NULL,\n"
        ");\n";
    EXPECT_EQ(schema_for(Dialect::Sqlite, text), text);
    EXPECT_EQ(
        schema_for(Dialect::Postgres, text),
        "CREATE TABLE t (\nagency BIGINT NOT NULL DEFAULT 1,\n\nid BIGINT NOT NULL,\n);\n"
    );
}

}  // namespace
}  // namespace thidua::store
