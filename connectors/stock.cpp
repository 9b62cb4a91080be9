// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/stock.hpp"

#include "connectors/join.hpp"
#include "core/hash.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace thidua::connectors {

Result<void> Stock::add(std::vector<DecodedDossier> dossiers) {
    std::ranges::move(dossiers, std::back_inserter(dossiers_));
    return dossiers_.size() > desk_->dossiers_in_memory ? spill() : Result<void>{};
}

/// A dossier of the same code as it stands in the spool, if there is one.
Result<std::optional<DossierRecord>> Stock::spooled_twin(const DossierRecord& dossier) const {
    const std::uint64_t code = print_of(dossier.code);
    const auto found = std::ranges::lower_bound(spooled_, code, {}, &Spooled::code);
    if (found == spooled_.end() || found->code != code) {
        return std::nullopt;
    }
    auto twin = spool_->at(found->position);
    if (!twin) {
        return std::unexpected(std::move(twin.error()));
    }
    return twin->code == dossier.code ? std::optional(*std::move(twin)) : std::nullopt;
}

/// The dossiers in memory as records that may follow those in the spool.
Result<std::vector<DossierRecord>> Stock::settle(std::vector<Rejected>& rejected) {
    std::vector<DossierRecord> settled;
    std::vector<DecodedDossier> fresh;
    for (DecodedDossier& dossier : without_repeats(std::exchange(dossiers_, {}))) {
        auto twin = spooled_twin(dossier.record);
        if (!twin) {
            return std::unexpected(std::move(twin.error()));
        }
        if (!*twin) {
            fresh.push_back(std::move(dossier));
            continue;
        }
        const bool is_newer = dossier.record.updated_at >= (*twin)->updated_at;
        if (is_newer) {
            add_aliases((*twin)->aliases, dossier.record);
            fresh.push_back(std::move(dossier));
        } else if (add_aliases(dossier.record.aliases, **twin)) {
            settled.push_back(**std::move(twin));
        }
    }
    for (std::size_t join = 0; join < desk_->joins.size(); ++join) {
        if (auto joined = join_rows(*desk_, join, fresh, rejected); !joined) {
            return std::unexpected(std::move(joined.error()));
        }
    }
    for (DecodedDossier& dossier : fresh) {
        settled.push_back(std::move(dossier.record));
    }
    return settled;
}

Result<void> Stock::spill() {
    if (!spool_) {
        auto spool = DossierSpool::create(desk_->spool_folder);
        if (!spool) {
            return std::unexpected(std::move(spool.error()));
        }
        spool_ = *std::move(spool);
    }
    std::vector<Rejected> rejected;  // of this batch, with which it is judged
    const auto settled = settle(rejected);
    if (!settled) {
        return std::unexpected(settled.error());
    }
    std::ranges::move(rejected, std::back_inserter(rejected_));
    const std::size_t first = spool_->size();
    if (auto appended = spool_->append(*settled); !appended) {
        return appended;
    }
    std::vector<Spooled> all;
    all.reserve(settled->size());
    for (const DossierRecord& dossier : *settled) {
        all.push_back({print_of(dossier.code), first + all.size()});
    }
    std::ranges::stable_sort(all, {}, &Spooled::code);
    // New ones come first among equals, so that they are the ones that stay.
    std::vector<Spooled> merged;
    merged.reserve(all.size() + spooled_.size());
    std::ranges::merge(
        all, spooled_, std::back_inserter(merged), {}, &Spooled::code, &Spooled::code
    );
    const auto repeats = std::ranges::unique(merged, {}, &Spooled::code);
    merged.erase(repeats.begin(), repeats.end());
    spooled_ = std::move(merged);
    return {};
}

Result<void> Stock::move_into(Slice& slice, std::size_t records) {
    if (auto few = check_rejected(slice.rejected, records); !few) {
        return few;
    }
    std::vector<Rejected> rejected;
    auto settled = settle(spool_ ? rejected : slice.rejected);
    if (!settled) {
        return std::unexpected(std::move(settled.error()));
    }
    slice.dossiers = *std::move(settled);
    slice.spooled = std::move(spool_);
    std::ranges::move(rejected_, std::back_inserter(slice.rejected));
    std::ranges::move(rejected, std::back_inserter(slice.rejected));
    return slice.spooled ? check_rejected(slice.rejected, records) : Result<void>{};
}

}  // namespace thidua::connectors
