// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/seal.hpp"

#include "daemon/edition_files.hpp"
#include "daemon/standings_json.hpp"

#include <gtest/gtest.h>

#include <string>

namespace thidua::daemon {
namespace {

const std::string whole(64, 'a');

struct SealCase {
    std::string text;
    std::int64_t number;  // 0: refused
    std::string letters;
};

const SealCase seal_cases[] = {
    {"1234:a1b2c3d4e5f6", 1234, "a1b2c3d4e5f6"},
    {"1.234, a1b2c3d4e5f6….", 1234, "a1b2c3d4e5f6"},
    {"1.234.567 a1b2c3d4…", 1234567, "a1b2c3d4"},
    {"7:A1B2C3D4", 7, "a1b2c3d4"},
    {"7:" + whole, 7, whole},
    {"7:" + whole + "a", 0, ""},
    {"7:a1b2c3d", 0, ""},
    {"7:a1b2c3dx", 0, ""},
    {"7a1b2c3d4", 0, ""},
    {"0:a1b2c3d4", 0, ""},
    {"-7:a1b2c3d4", 0, ""},
    {".7:a1b2c3d4", 0, ""},
    {"9999999999999999999:a1b2c3d4", 0, ""},
    {"a1b2c3d4", 0, ""},
    {"1234", 0, ""},
    {"1234:", 0, ""},
    {"", 0, ""},
};

TEST(Seal, IsReadAsItIsPrintedAndAsItIsTyped) {
    for (const SealCase& row : seal_cases) {
        SCOPED_TRACE(row.text);
        const auto seal = parse_seal(row.text);
        ASSERT_EQ(seal.has_value(), row.number != 0);
        if (seal) {
            EXPECT_EQ(*seal, (PrintedSeal{row.number, row.letters}));
        } else {
            EXPECT_EQ(seal.error().kind, ErrorKind::Usage);
        }
    }
}

/// An edition whose manifest is these bytes.
store::Edition with_manifest(const std::string& bytes) {
    store::Edition edition;
    edition.documents = {
        {"w.html", R"({"audit_seal": {"number": 1, "hash": "b"}})"}, {"w.manifest.json", bytes}};
    return edition;
}

TEST(Seal, IsKeptInTheManifest) {
    const store::AuditHead head{1234, whole, {}};
    const auto kept = seal_of(with_manifest(pretty_json(make_manifest({}, {}, {"", head}))));
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->number, 1234);
    EXPECT_EQ(kept->hash, whole);
    EXPECT_FALSE(seal_of(with_manifest(pretty_json(make_manifest({}, {}, {"", {}})))))
        << "no chain yet";
    for (const char* manifest :
         {"",
          "{",
          "[]",
          "{}",
          R"({"audit_seal": 7})",
          R"({"audit_seal": {"number": "7"}})",
          R"({"audit_seal": {"number": 7, "hash": 8}})"}) {
        EXPECT_FALSE(seal_of(with_manifest(manifest))) << manifest;
    }
    EXPECT_FALSE(seal_of({}));
}

}  // namespace
}  // namespace thidua::daemon
