// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/store/faulty_database.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace thidua::store {
namespace {

std::unexpected<Error> fault() {
    return fail(ErrorKind::Io, std::string(fault_words));
}

/// What `call` answers, or a fault in its place once it is done.
template <class Call>
auto done_or_fault(Faults& faults, Call call) -> decltype(call()) {
    const bool is_struck = faults.strike();
    auto answer = call();
    if (is_struck) {
        return fault();
    }
    return answer;
}

class FaultyTables final : public VersionTables {
  public:
    FaultyTables(std::unique_ptr<VersionTables> inner, Faults& faults)
        : inner_(std::move(inner)), faults_(faults) {}

    Result<std::int64_t> largest_id() override {
        return done_or_fault(faults_, [&] { return inner_->largest_id(); });
    }
    Result<std::vector<std::optional<KnownVersion>>> look(std::span<const std::int64_t> ids
    ) override {
        return done_or_fault(faults_, [&] { return inner_->look(ids); });
    }
    Result<std::vector<DossierRow>> read(std::span<const std::int64_t> ids) override {
        return done_or_fault(faults_, [&] { return inner_->read(ids); });
    }
    Result<std::vector<PaymentFact>> facts(std::span<const std::string> references) override {
        return done_or_fault(faults_, [&] { return inner_->facts(references); });
    }
    Result<std::vector<Alias>> aliases(std::span<const std::int64_t> numbers) override {
        return done_or_fault(faults_, [&] { return inner_->aliases(numbers); });
    }
    Result<void> write(const VersionBatch& batch) override {
        return done_or_fault(faults_, [&] { return inner_->write(batch); });
    }
    Result<std::vector<RollupRow>> read_rollups(std::span<const RollupKey> keys) override {
        return done_or_fault(faults_, [&] { return inner_->read_rollups(keys); });
    }
    Result<void> write_rollups(const RollupBatch& batch) override {
        return done_or_fault(faults_, [&] { return inner_->write_rollups(batch); });
    }

  private:
    std::unique_ptr<VersionTables> inner_;
    Faults& faults_;
};

}  // namespace

class FaultyStatement final : public Statement {
  public:
    FaultyStatement(std::unique_ptr<Statement> inner, Faults& faults)
        : inner_(std::move(inner)), faults_(faults) {}

    Result<bool> step() override {
        if (faults_.strike()) {
            inner_->reset();
            return fault();
        }
        return inner_->step();
    }
    [[nodiscard]] std::int64_t integer(int column) const override {
        return inner_->integer(column);
    }
    [[nodiscard]] std::optional<std::int64_t> integer_or_null(int column) const override {
        return inner_->integer_or_null(column);
    }
    [[nodiscard]] std::string text(int column) const override { return inner_->text(column); }
    void reset() override { inner_->reset(); }

  protected:
    void bind_integer(std::int64_t value) override { inner_->bind_integer(value); }
    void bind_text(std::string_view value) override { inner_->bind_text(value); }
    void bind_bytes(std::string_view value) override { inner_->bind_bytes(value); }
    void bind_null() override { inner_->bind_null(); }

  private:
    std::unique_ptr<Statement> inner_;
    Faults& faults_;
};

class FaultyDatabase final : public Database {
  public:
    static Store open(const Location& location, Faults& faults) {
        auto inner = Database::open(location, Access::ReadWrite);
        if (!inner) {
            throw std::runtime_error(inner.error().message);
        }
        auto tables = std::make_unique<FaultyTables>(make_version_tables(**inner), faults);
        return {
            std::make_unique<FaultyDatabase>(*std::move(inner), faults),
            std::move(tables),
            location};
    }

    FaultyDatabase(std::unique_ptr<Database> inner, Faults& faults)
        : inner_(std::move(inner)), faults_(faults) {}

    [[nodiscard]] Dialect dialect() const override { return inner_->dialect(); }
    Result<std::unique_ptr<DatabaseCopy>> start_copy(const std::filesystem::path& target) override {
        return inner_->start_copy(target);
    }
    Result<std::unique_ptr<Statement>> prepare(std::string_view sql) override {
        if (faults_.strike()) {
            return fault();
        }
        auto statement = inner_->prepare(sql);
        if (!statement) {
            return statement;
        }
        return std::make_unique<FaultyStatement>(*std::move(statement), faults_);
    }
    Result<void> execute(const std::string& sql) override {
        return faults_.strike() ? fault() : inner_->execute(sql);
    }
    Result<int> schema_version() override { return inner_->schema_version(); }
    Result<void> set_schema_version(int version) override {
        return inner_->set_schema_version(version);
    }

  private:
    Result<void> begin() override { return faults_.strike() ? fault() : inner_->begin(); }
    Result<void> begin_reading() override {
        return faults_.strike() ? fault() : inner_->begin_reading();
    }
    Result<void> commit() override { return faults_.strike() ? fault() : inner_->commit(); }
    void roll_back() override { inner_->roll_back(); }

    std::unique_ptr<Database> inner_;
    Faults& faults_;
};

Store open_faulty(const Location& location, Faults& faults) {
    return FaultyDatabase::open(location, faults);
}

}  // namespace thidua::store
