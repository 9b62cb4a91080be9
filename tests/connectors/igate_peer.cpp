// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/connectors/igate_peer.hpp"

#include "tests/connectors/preset.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace thidua::test {

std::string igate_record(int number) {
    return fmt::format(
        R"({{"id":"id-{0}","code":"H37.10-240617-{0:04}","nationCode":"000.00.10.H37-240617-{0:04}",)"
        R"("appliedDate":"2024-06-16T08:15:03.000+0700","acceptedDate":"2024-06-17T09:30:12.000+0700",)"
        R"("appointmentDate":"2024-07-01T17:00:00.000+0700","completedDate":null,)"
        R"("updatedDate":"2024-06-18T10:00:00.000+0700",)"
        R"("procedure":{{"id":"p","code":"1.000049.000.00.00.H37","translate":[]}},)"
        R"("agency":{{"id":"a","code":"000.05.10.H37","name":[{{"languageId":228,"name":"{1}"}}]}},)"
        R"("applyMethod":{{"id":0,"name":[]}},"dossierStatus":{{"id":4,"name":[]}},)"
        R"("currentTask":[{{"assignee":{{"fullname":"{1}"}}}}],)"
        R"("paymentRequestData":{{"state":"Đã thanh toán","method":"PayPlatDVCQG",)"
        R"("references":["ref-{0}-a","ref-{0}-b"],"paidDate":"2024-06-17T10:17:33.000+0700"}},)"
        R"("applicant":{{"data":{{"fullname":"{1}","identityNumber":"{1}"}}}},"summary":"{1}"}})",
        number,
        canary
    );
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t place = text.find(from);
    EXPECT_NE(place, std::string::npos) << from;
    EXPECT_EQ(text.find(from, place + 1), std::string::npos) << from << " is there twice";
    return text.replace(place, from.size(), to);
}

std::string igate_page(const std::vector<std::string>& records, std::size_t total) {
    return fmt::format(R"({{"content":[{}],"totalElements":{}}})", fmt::join(records, ","), total);
}

IgatePeer::IgatePeer(std::vector<std::string> records, Intercept intercept)
    : records_(std::move(records)),
      intercept_(std::move(intercept)),
      peer_([this](const PeerRequest& request) { return answer(request); }) {}

std::vector<PeerRequest> IgatePeer::requests(std::string_view path) const {
    std::vector<PeerRequest> requests = peer_.requests();
    std::erase_if(requests, [&](const PeerRequest& request) {
        return !request.path.starts_with(path);
    });
    return requests;
}

PeerReply IgatePeer::answer(const PeerRequest& request) {
    if (intercept_) {
        if (auto reply = intercept_(request)) {
            return *reply;
        }
    }
    if (request.path.starts_with(token_path)) {
        return json(fmt::format(R"({{"access_token":"token-{}","expires_in":300}})", ++tokens_));
    }
    if (request.path == search_path) {
        const auto size = std::stoul(request.query.at("size"));
        const auto first = std::min(std::stoul(request.query.at("page")) * size, records_.size());
        const auto last = std::min(first + size, records_.size());
        const auto at = [&](std::size_t place) {
            return records_.begin() + static_cast<std::ptrdiff_t>(place);
        };
        return json(igate_page({at(first), at(last)}, records_.size()));
    }
    if (request.path.starts_with(fee_path)) {
        std::string rows;
        std::string_view ids = request.query.at("dossier-ids");
        while (!ids.empty()) {
            const std::string_view id = ids.substr(0, ids.find(','));
            ids.remove_prefix(std::min(id.size() + 1, ids.size()));
            rows += fmt::format(
                R"({}{{"amount":450000.0,"quantity":1,"paid":0.0,"dossier":{{"id":"{}"}}}})",
                rows.empty() ? "" : ",",
                id
            );
        }
        return json("[" + rows + "]");
    }
    return status(404);
}

}  // namespace thidua::test
