// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "reports/docx.hpp"

#include "reports/docx/body.hpp"
#include "reports/docx/package.hpp"
#include "reports/docx/parts.hpp"

namespace thidua::reports {

Result<std::string> render_docx(const official::Paper& paper) {
    const docx::Part parts[] = {
        {"[Content_Types].xml", docx::content_types_part()},
        {"_rels/.rels", docx::package_relations_part()},
        {"docProps/core.xml", docx::core_properties_part(paper)},
        {"docProps/custom.xml", docx::custom_properties_part(paper)},
        {"word/document.xml", docx::document_part(paper)},
        {"word/_rels/document.xml.rels", docx::document_relations_part()},
        {"word/styles.xml", docx::styles_part()},
        {"word/settings.xml", docx::settings_part()},
        {"word/header1.xml", docx::header_part(/*is_numbered=*/false, paper.is_draft)},
        {"word/header2.xml", docx::header_part(/*is_numbered=*/true, paper.is_draft)},
    };
    return docx::pack(parts);
}

}  // namespace thidua::reports
