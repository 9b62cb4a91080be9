// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// PostgreSQL as a peer, with an advantage: records are decoded before the clock starts.
//
//     thidua-bench-postgres upsert PAGES CONNECTION   COPY to a temporary table, ON CONFLICT,
//     10,000 thidua-bench-postgres copy PAGES CONNECTION     COPY into a table without any key: the
//     bound
#include "core/result.hpp"
#include "tests/bench/answers.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/bench/raw.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace thidua::bench {
namespace {

constexpr std::size_t slices_a_transaction = 2;  // 10,000 records

/// As every other peer has them: codes as they are.
constexpr std::string_view plain_columns =
    "code text, procedure text, unit text, channel int, status int, applied_at bigint,"
    " accepted_at bigint, due_at bigint, finished_at bigint, fee_count int, fee_total bigint,"
    " payments text";

constexpr std::string_view merge_sql =
    "INSERT INTO dossier SELECT * FROM staging ON CONFLICT (code) DO UPDATE SET"
    " procedure = excluded.procedure, unit = excluded.unit, channel = excluded.channel,"
    " status = excluded.status, applied_at = excluded.applied_at,"
    " accepted_at = excluded.accepted_at, due_at = excluded.due_at,"
    " finished_at = excluded.finished_at, fee_count = excluded.fee_count,"
    " fee_total = excluded.fee_total, payments = excluded.payments";

/// As our own store has them, for the bound.
constexpr std::string_view packed_columns =
    "id bigint, version bigint, slice bigint, procedure int, unit int, channel int, status int,"
    " applied_at bigint, accepted_at bigint, due_at bigint, finished_at bigint, fee_count int,"
    " fee_total bigint, paid_flag int, payments text, content bigint";

enum class Way { Upsert, Copy };

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

class Client {
  public:
    [[nodiscard]] static Result<Client> connect(const std::string& where) {
        Client client;
        client.connection_.reset(PQconnectdb(where.c_str()));
        if (PQstatus(client.connection_.get()) != CONNECTION_OK) {
            return client.trouble();
        }
        return client;
    }

    [[nodiscard]] Result<Answer> run(const std::string& sql) {
        Answer answer(PQexec(connection_.get(), sql.c_str()));
        const ExecStatusType status = PQresultStatus(answer.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN) {
            return trouble();
        }
        return answer;
    }

    [[nodiscard]] Result<void> copy(const std::string& table, const std::string& lines) {
        if (auto begun = run("COPY " + table + " FROM STDIN"); !begun) {
            return std::unexpected(begun.error());
        }
        const auto length = static_cast<int>(lines.size());
        if (PQputCopyData(connection_.get(), lines.data(), length) != 1 ||
            PQputCopyEnd(connection_.get(), nullptr) != 1) {
            return trouble();
        }
        Result<void> done;
        for (Answer answer(PQgetResult(connection_.get())); answer != nullptr;
             answer.reset(PQgetResult(connection_.get()))) {
            if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) {
                done = trouble();
            }
        }
        return done;
    }

    /// CPU seconds of the server's process for this connection, from /proc.
    [[nodiscard]] double server_cpu_seconds() const {
        std::ifstream stat(fmt::format("/proc/{}/stat", PQbackendPID(connection_.get())));
        std::string text((std::istreambuf_iterator<char>(stat)), {});
        const std::size_t name_end = text.rfind(')');
        if (name_end == std::string::npos) {
            return 0;
        }
        std::vector<std::string> fields;
        std::string field;
        for (const char letter : text.substr(name_end + 2)) {
            if (letter == ' ') {
                fields.push_back(std::exchange(field, {}));
            } else {
                field += letter;
            }
        }
        constexpr std::size_t user = 11;  // the 14th field of all, two before the name's end
        const double ticks = std::stod(fields.at(user)) + std::stod(fields.at(user + 1));
        return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
    }

  private:
    [[nodiscard]] std::unexpected<Error> trouble() const {
        return fail(ErrorKind::Io, PQerrorMessage(connection_.get()));
    }

    std::unique_ptr<PGconn, Finish> connection_;
};

/// Rows in the text form of COPY.
class Lines {
  public:
    explicit Lines(Way way) : way_(way) {}

    [[nodiscard]] Result<void> append(const RawRow& row) {
        auto line = way_ == Way::Upsert ? plain(row) : packed(row);
        if (!line) {
            return std::unexpected(line.error());
        }
        // One statement may touch a row only once: the last of a transaction stays.
        by_code_.insert_or_assign(row.code, *std::move(line));
        return {};
    }

    [[nodiscard]] std::string take() {
        std::string text;
        for (const auto& [code, line] : by_code_) {
            text += line;
        }
        by_code_.clear();
        return text;
    }

  private:
    [[nodiscard]] static Result<std::string> plain(const RawRow& row) {
        return fmt::format(
            "{}\t{}\t{}\t{}\t{}{}\t{}\t{}\t{}\n",
            row.code,
            row.procedure,
            row.unit,
            row.channel,
            row.status,
            times(row),
            row.fee_count,
            row.fee_total,
            payments(row)
        );
    }

    [[nodiscard]] Result<std::string> packed(const RawRow& row) {
        const auto parts = split_code(row.code);
        if (!parts) {
            return std::unexpected(parts.error());
        }
        return fmt::format(
            "{}\t1\t1\t{}\t{}\t{}\t{}{}\t{}\t{}\t{}\t{}\t{}\n",
            pack(*parts, number_of(parts->issuer)),
            number_of(row.procedure),
            number_of(row.unit),
            row.channel,
            row.status,
            times(row),
            row.fee_count,
            row.fee_total,
            row.paid_flag,
            payments(row),
            row.content
        );
    }

    [[nodiscard]] static std::string times(const RawRow& row) {
        std::string text;
        for (const std::int64_t time :
             {row.applied_at, row.accepted_at, row.due_at, row.finished_at}) {
            text += time == 0 ? "\t\\N" : fmt::format("\t{}", time);
        }
        return text;
    }

    [[nodiscard]] static std::string payments(const RawRow& row) {
        std::string text = row.payments.empty() ? "\\N" : row.payments;
        for (std::size_t end = 0; (end = text.find('\n', end)) != std::string::npos; end += 2) {
            text.replace(end, 1, "\\n");
        }
        return text;
    }

    [[nodiscard]] std::int64_t number_of(std::string_view word) {
        const auto next = static_cast<std::int64_t>(words_.size()) + 1;
        return words_.try_emplace(std::string(word), next).first->second;
    }

    Way way_;
    std::unordered_map<std::string, std::string> by_code_;
    std::unordered_map<std::string, std::int64_t> words_;
};

Result<void> merge(Client& client, const std::string& lines) {
    const std::string create =
        "BEGIN; CREATE TEMP TABLE IF NOT EXISTS staging (" + std::string(plain_columns) + ")";
    if (auto begun = client.run(create); !begun) {
        return std::unexpected(begun.error());
    }
    if (auto copied = client.copy("staging", lines); !copied) {
        return copied;
    }
    const std::string end = std::string(merge_sql) + "; TRUNCATE staging; COMMIT";
    if (auto merged = client.run(end); !merged) {
        return std::unexpected(merged.error());
    }
    return {};
}

/// Lines of the next transaction; empty after the last.
Result<std::string> next_lines(SliceReader& reader, Lines& lines, std::int64_t& records) {
    for (std::size_t slices = 0; slices < slices_a_transaction; ++slices) {
        const auto slice = reader.next();
        if (!slice) {
            return std::unexpected(slice.error());
        }
        if (!*slice) {
            break;
        }
        records += (*slice)->records;
        for (const DossierRecord& record : (*slice)->slice.dossiers) {
            if (auto added = lines.append(raw_row(record)); !added) {
                return std::unexpected(added.error());
            }
        }
    }
    return lines.take();
}

Result<void> print(
    Client& client, const std::string& name, std::int64_t records, const Stopwatch& watch
) {
    const double server_cpu = client.server_cpu_seconds();
    const auto totals = client.run("SELECT count(*), sum(fee_total) FROM dossier");
    if (!totals) {
        return std::unexpected(totals.error());
    }
    Measurement(name)
        .add("records", records)
        .add("wall_s", watch.wall_seconds())
        .add("cpu_s", watch.cpu_seconds() + server_cpu)
        .add("dossiers", std::int64_t{std::stoll(PQgetvalue(totals->get(), 0, 0))})
        .add("fee_total", std::int64_t{std::stoll(PQgetvalue(totals->get(), 0, 1))})
        .print();
    return {};
}

Result<void> run(const std::string& way, const std::string& pages, const std::string& where) {
    auto reader = SliceReader::open(pages);
    auto client = Client::connect(where);
    if (!reader || !client) {
        return std::unexpected(reader ? client.error() : reader.error());
    }
    const Way how = way == "upsert" ? Way::Upsert : Way::Copy;
    const std::string create =
        "SET client_min_messages = warning; DROP TABLE IF EXISTS dossier; CREATE TABLE dossier (" +
        (how == Way::Upsert ? std::string(plain_columns) + ", PRIMARY KEY (code))"
                            : std::string(packed_columns) + ")");
    if (auto made = client->run(create); !made) {
        return std::unexpected(made.error());
    }
    Stopwatch watch;
    Lines lines(how);
    std::int64_t records = 0;
    while (true) {
        const auto text = next_lines(*reader, lines, records);
        if (!text) {
            return std::unexpected(text.error());
        }
        if (text->empty()) {
            break;
        }
        watch.start();
        const auto done =
            how == Way::Upsert ? merge(*client, *text) : client->copy("dossier", *text);
        watch.stop();
        if (!done) {
            return done;
        }
    }
    return print(*client, "postgres-" + way, records, watch);
}

}  // namespace
}  // namespace thidua::bench

int main(int count, char** arguments) {
    if (count != 4) {
        (void)std::fputs("usage: thidua-bench-postgres upsert|copy PAGES CONNECTION\n", stderr);
        return 64;
    }
    const auto done = thidua::bench::run(arguments[1], arguments[2], arguments[3]);
    if (!done) {
        (void)std::fprintf(stderr, "thidua-bench-postgres: %s\n", done.error().message.c_str());
        return 1;
    }
    return 0;
}
