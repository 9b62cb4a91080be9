// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// A small agency that publishes a digest each Monday, and whose payments may come late.
#pragma once

#include "daemon/digest_job.hpp"
#include "tests/daemon/small_agency.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace thidua::test {

inline constexpr IsoWeek first_week{2024, 23};  ///< 07/06 to 09/06/2024
inline constexpr IsoWeek second_week{2024, 24};
inline const std::string first_monday = "2024-06-10T07:30:00+07:00";
inline const std::string second_monday = "2024-06-17T07:30:00+07:00";
inline const std::string office = "H37.10.05";

class PublishedWeeks : public SmallAgency {
  protected:
    PublishedWeeks() {
        Indicator payments;
        payments.id = "payments-online";
        payments.name = "Tỷ lệ thanh toán trực tuyến";
        payments.short_name = "Thanh toán trực tuyến";
        payments.kind = IndicatorKind::PaymentsOnline;
        payments.system_of_record = "tthc";
        payments.payment_record = "platform";
        settings_.campaign.indicators = {payments};
        settings_.campaign.targets = {
            {"payments-online", TargetOperator::Above, {9, 20}, {}, {}, "QĐ 497"}};
        const Day start = settings_.campaign.start;
        settings_.procedures = {
            {"1.000001", "", {office}, {{start, Level::Full}}, {{start, true}}}};
        add({}, "tthc");
        add({}, "platform");
        settings_.sources.back().description.kind = RecordKind::Payments;
        settings_.digest.emplace();
        settings_.digest->schedule = {std::nullopt, std::chrono::Monday, std::chrono::minutes{450}};
        settings_.digest->file_to = folder_.path() / "editions";
        settings_.unit_editions.emplace();
        settings_.hash = std::string(64, 'a');
        open();
    }

    /// Of the office, online, owing a fee; it names a payment that is called like it.
    static DossierRecord dossier(const std::string& code, const std::string& accepted_at) {
        DossierRecord record;
        record.code = code;
        record.procedure_code = "1.000001";
        record.unit_code = office;
        record.channel = Channel::Online;
        record.status = 2;
        record.accepted_at = at(accepted_at);
        record.fee_count = 1;
        record.fee_total = 450'000;
        record.payments.push_back({code, Gateway::Dvcqg, PaymentState::Pending, std::nullopt});
        return record;
    }

    static PaymentRecord paid(const std::string& code, const std::string& settled_at) {
        return {code, PaymentState::Succeeded, at(settled_at), 450'000};
    }

    void publish(const std::string& source, Slice slice, const std::string& now) {
        const auto published = store_->call([&](store::Store& store) {
            store::PullRun run{source, at(now)};
            Expect expect;
            expect.max_drop = Share{1, 1};
            auto rows = store.publish(run, {slice, at(now), expect, [](PaymentState, int, Instant) {
                                                return std::optional<Instant>();
                                            }});
            const auto finished = store.finish_pull(run, {at(now), std::nullopt});
            return rows.has_value() && finished.has_value();
        });
        check(published, "the test's slice is published");
    }

    void receive(const std::string& now, std::vector<DossierRecord> dossiers) {
        Slice slice;
        slice.key = "2024-06-07/2024-06-30";
        slice.dossiers = std::move(dossiers);
        publish("tthc", std::move(slice), now);
    }

    void confirm(const std::string& now, std::vector<PaymentRecord> payments) {
        Slice slice;
        slice.key = "lookup";
        slice.payments = std::move(payments);
        publish("platform", std::move(slice), now);
    }

    /// Before the first digest: two dossiers, one of them paid.
    void first_week_comes() {
        receive(
            "2024-06-10T05:00:00+07:00",
            {dossier("A-240607-0001", "2024-06-07T09:00:00+07:00"),
             dossier("A-240608-0001", "2024-06-08T09:00:00+07:00")}
        );
        confirm("2024-06-10T05:10:00+07:00", {paid("A-240607-0001", "2024-06-07T10:00:00+07:00")});
    }

    /// After the first digest the other one turns out to have been paid, too.
    void payment_comes_late() {
        confirm("2024-06-11T05:10:00+07:00", {paid("A-240608-0001", "2024-06-09T10:00:00+07:00")});
    }

    /// Publishes the digest of `week` at `now`.
    store::Edition digest(IsoWeek week, const std::string& now) {
        clock_.set(at(now));
        return whole(daemon::publish_digest(*service_, week));
    }

    static store::Edition whole(Result<store::Edition> edition) {
        if (!edition) {
            throw std::runtime_error(edition.error().message);
        }
        return *std::move(edition);
    }

    /// What a reader without pictures reads.
    static std::string text_of(const store::Edition& edition) {
        const auto place = std::ranges::find_if(edition.documents, [](const auto& document) {
            return document.file_name.ends_with(".txt");
        });
        check(place != edition.documents.end(), "an edition has a text");
        return place->bytes;
    }
};

}  // namespace thidua::test
