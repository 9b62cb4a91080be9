// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "daemon/evidence_table.hpp"

#include "core/codes.hpp"
#include "core/file.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"
#include "daemon/awards.hpp"
#include "daemon/table_columns.hpp"
#include "rules/question.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace thidua::daemon {
namespace {

constexpr std::uintmax_t attachment_bytes_max = 128U * 1024 * 1024;

std::string content_topic(int number) {
    return fmt::format("content/{}", number);
}

class Rows {
  public:
    Rows(const CatalogueTable& table, const EvidenceBasis& basis) : table_(table), basis_(basis) {}

    EvidenceRows read() {
        made_.mistakes = table_.mistakes;
        for (const CatalogueRow& row : table_.rows) {
            read_row(row);
        }
        std::ranges::stable_sort(made_.mistakes, {}, &RowMistake::row);
        return std::move(made_);
    }

  private:
    void read_row(const CatalogueRow& row) {
        RowReader reader(table_, row, made_.mistakes);
        Evidence evidence;
        const auto candidate = read_candidate(reader);
        const std::string given = reader.required("topic");
        evidence.title = reader.required("title");
        evidence.text = reader.required("text");
        evidence.day = reader.day("day");
        evidence.document = reader.text("document");
        evidence.filed_by = basis_.by;
        evidence.filed_at = basis_.at;
        if (candidate) {
            evidence.candidate = candidate->id;
            evidence.topic = read_topic(reader, candidate->subject, given);
        }
        read_attachment(reader, evidence);
        made_.evidence.push_back(std::move(evidence));
    }

    std::optional<NamedCandidate> read_candidate(RowReader& reader) {
        const std::string given = reader.required("candidate");
        if (given.empty()) {
            return std::nullopt;
        }
        const auto found = find_candidate(basis_.settings, given);
        if (!found) {
            std::set<std::string, std::less<>> known;
            for (const DatedUnit& unit : basis_.settings.units) {
                known.insert(unit.code);
            }
            for (const Officer& officer : basis_.settings.officers) {
                known.insert(officer.id);
            }
            reader.refuse(
                "candidate",
                fmt::format(
                    "không có đơn vị hoặc cán bộ nào mang mã {}{}",
                    in_quotes(given),
                    nearest_hint(canonical_unit_code(given), known)
                )
            );
            return std::nullopt;
        }
        return *found;
    }

    std::string read_topic(RowReader& reader, Subject subject, const std::string& given) {
        const auto topic = find_topic(basis_.settings.campaign, subject, given);
        if (topic || given.empty()) {
            return topic ? topic->id : "";
        }
        std::string allowed;
        for (const Topic& one : topics(basis_.settings.campaign, subject)) {
            allowed += (allowed.empty() ? "" : ", ") + one.word;
        }
        reader.refuse(
            "topic",
            fmt::format("{} không phải là nội dung; ghi một trong: {}", in_quotes(given), allowed)
        );
        return "";
    }

    void read_attachment(RowReader& reader, Evidence& evidence) const {
        const std::string given = reader.text("file");
        if (given.empty()) {
            return;
        }
        // A name alone: a table must not make the program read elsewhere.
        const std::filesystem::path name(given);
        if (name.has_parent_path() || given == "..") {
            reader.refuse("file", "chỉ ghi tên tệp, không ghi thư mục; để tệp cạnh bảng này");
            return;
        }
        if (!attach(evidence, basis_.folder / name)) {
            reader.refuse(
                "file",
                fmt::format(
                    "không đọc được tệp {} ở cạnh bảng này (tối đa 128 MiB)", in_quotes(given)
                )
            );
        }
    }

    const CatalogueTable& table_;
    const EvidenceBasis& basis_;
    EvidenceRows made_;
};

std::vector<FileColumn> make_columns() {
    return {
        required(column(
            "candidate",
            {"Mã đơn vị hoặc cán bộ", "Mã đơn vị", "Mã cán bộ"},
            "Đơn vị hoặc cán bộ có thành tích, ví dụ H37.10.05 hoặc CB-017."
        )),
        required(column(
            "topic",
            {"Nội dung", "Nội dung thi đua", "Tiêu chuẩn"},
            "Nội dung thi đua hoặc tiêu chuẩn mà minh chứng chứng minh, ví dụ Nội dung 3."
        )),
        required(column("title", {"Tên minh chứng", "Tiêu đề"}, "Tên ngắn gọn của minh chứng.")),
        required(column("text", {"Việc đã làm", "Mô tả"}, "Đã làm gì, với kết quả nào.")),
        day(column("day", {"Ngày thực hiện", "Ngày"}, "Ngày làm xong; để trống nếu kéo dài.")),
        column(
            "document", {"Số văn bản", "Số, ký hiệu"}, "Số, ký hiệu của văn bản chứng minh, nếu có."
        ),
        column(
            "file",
            {"Tên tệp", "Tệp kèm theo"},
            "Tên tệp chứng minh đặt cùng thư mục với bảng này, nếu có; chương trình ghi lại tên và "
            "mã băm SHA-256 của tệp, không giữ nội dung."
        )};
}

}  // namespace

std::vector<Topic> topics(const Campaign& campaign, Subject subject) {
    std::vector<Topic> found;
    for (const Content& content : campaign.plan.contents) {
        found.push_back(
            {content_topic(content.number),
             fmt::format("Nội dung {}", content.number),
             content.text}
        );
    }
    for (const rules::Question& question : rules::questions(campaign, subject)) {
        const std::string id = rules::evidence_topic(question.key);
        if (std::ranges::find(found, id, &Topic::id) == found.end()) {
            found.push_back({id, id, question.text});
        }
    }
    return found;
}

std::optional<Topic> find_topic(const Campaign& campaign, Subject subject, std::string_view given) {
    const std::string folded = fold(trim(given));
    for (Topic& topic : topics(campaign, subject)) {
        const bool is_number = topic.id == "content/" + folded;
        if (is_number || fold(topic.id) == folded || fold(topic.word) == folded) {
            return std::move(topic);
        }
    }
    return std::nullopt;
}

const std::vector<FileColumn>& evidence_columns() {
    static const std::vector<FileColumn> columns = make_columns();
    return columns;
}

EvidenceTemplate evidence_template(const config::Settings& settings, std::string_view unit) {
    EvidenceTemplate form{evidence_columns(), {"Minh chứng thi đua", "minh chứng", {}}};
    std::vector<std::string>& candidates = form.columns[0].words;
    for (const DatedUnit& one : settings.units) {
        if (unit.empty() || one.code == unit) {
            candidates.push_back(one.code);
        }
        if (one.code == unit) {
            form.words.title += " – " + one.name;
        }
    }
    for (const Officer& officer : settings.officers) {
        if (unit.empty() || officer.unit == unit) {
            candidates.push_back(officer.id);
        }
    }
    std::vector<std::string>& words = form.columns[1].words;
    for (const Subject subject : {Subject::Collective, Subject::Individual}) {
        for (const Topic& topic : topics(settings.campaign, subject)) {
            if (std::ranges::find(words, topic.word) == words.end()) {
                words.push_back(topic.word);
                form.words.remarks.push_back(fmt::format("{}: {}", topic.word, topic.text));
            }
        }
    }
    return form;
}

EvidenceRows evidence_rows(const CatalogueTable& table, const EvidenceBasis& basis) {
    return Rows(table, basis).read();
}

Result<void> attach(Evidence& evidence, const std::filesystem::path& file) {
    const auto bytes = read_file(file, attachment_bytes_max);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    evidence.file_name = to_nfc(file.filename().string());
    evidence.file_sha256 = sha256_hex(*bytes);
    return {};
}

}  // namespace thidua::daemon
