// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
#include "connectors/transfer.hpp"

#include "core/text.hpp"

#include <fmt/format.h>
#include <simdjson.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

namespace thidua::connectors {
namespace {

// Real answers have about 1 KiB of header lines; curl itself stops at 300 KiB.
constexpr std::size_t header_bytes_max = 64 * 1024;
// JSON packs 10 to 30 times; a bomb about 1,000 times.
constexpr std::int64_t packed_ratio_max = 100;
// A small answer may be packed as it likes.
constexpr std::size_t packed_bytes_free = 1024 * 1024;

// Until authorities that were added or withdrawn count.
constexpr long authorities_kept_s = 3600;

template <class Value>
void set(CURL* handle, CURLoption option, Value value) {
    check(curl_easy_setopt(handle, option, value) == CURLE_OK, "curl knows each option we set");
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return result;
}

bool holds_control(std::string_view text) {
    return std::ranges::any_of(text, [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte < 0x20 || byte == 0x7F;
    });
}

/// What curl found out by itself, in our words.
Error error_of(CURLcode code) {
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return {ErrorKind::Transient, "timed out"};
        case CURLE_COULDNT_RESOLVE_HOST:
            return {ErrorKind::Transient, "the host's name cannot be resolved"};
        case CURLE_COULDNT_CONNECT:
            return {ErrorKind::Transient, "connection refused or unreachable"};
        case CURLE_GOT_NOTHING:
        case CURLE_PARTIAL_FILE:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
            return {ErrorKind::Transient, "the connection was cut off"};
        case CURLE_SSL_CONNECT_ERROR:
            return {ErrorKind::Transient, "TLS handshake failed"};
        case CURLE_PEER_FAILED_VERIFICATION:
            return {ErrorKind::Contract, "the server's certificate is not accepted"};
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            return {ErrorKind::Contract, "the server's public key is none of tls.pins"};
        case CURLE_SSL_CACERT_BADFILE:
            return {ErrorKind::Config, "tls.ca_file cannot be read"};
        case CURLE_SSL_CERTPROBLEM:
            return {ErrorKind::Config, "tls.cert_file or tls.key_file cannot be used"};
        case CURLE_COULDNT_RESOLVE_PROXY:
            return {ErrorKind::Transient, "the proxy's name cannot be resolved"};
        case CURLE_BAD_CONTENT_ENCODING:
            return {ErrorKind::Transient, "the compressed answer is damaged"};
        default:
            return {ErrorKind::Transient, fmt::format("HTTP failed (curl {})", int{code})};
    }
}

/// Why a certificate is not accepted, where it is a matter of time: then a clock may be wrong, too.
std::string_view verification_words(CURL* handle) {
    constexpr long not_yet_valid = 9;  // OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID
    constexpr long has_expired = 10;   // and X509_V_ERR_CERT_HAS_EXPIRED
    long verdict = 0;
    (void)curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &verdict);
    switch (verdict) {
        case not_yet_valid:
            return ": it is not valid yet";
        case has_expired:
            return ": it has expired";
        default:
            return ": wrong name, unknown authority or weak key (tls.ca_file)";
    }
}

}  // namespace

Transfer::Transfer(const HttpLimits& limits, CURLSH* connections)
    : handle_(curl_easy_init()), body_bytes_max_(limits.body_bytes_max) {
    check(handle_ != nullptr, "curl gives a handle");
    set(handle_.get(), CURLOPT_SHARE, connections);
    set_limits(limits);
}

void Transfer::set_limits(const HttpLimits& limits) {
    CURL* handle = handle_.get();
    set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle, CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    set(handle, CURLOPT_NOSIGNAL, 1L);
    // A name that nobody resolves is left to curl's own thread when the transfer ends; waiting for
    // it would hold up everybody's transfers.
    set(handle, CURLOPT_QUICK_EXIT, 1L);
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
    set(handle, CURLOPT_PROXY, limits.proxy.c_str());
    has_proxy_ = !limits.proxy.empty();
    set(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    set(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, long{limits.connect_timeout.count()});
    set(handle, CURLOPT_TIMEOUT_MS, long{limits.timeout.count()});
    // A server may think for long before its first byte, so the patience is half the whole.
    const auto patience = std::chrono::ceil<std::chrono::seconds>(limits.timeout / 2);
    set(handle, CURLOPT_LOW_SPEED_LIMIT, 10L);
    set(handle, CURLOPT_LOW_SPEED_TIME, long{patience.count()});
    set_tls(limits.tls);
    set(handle, CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(handle, CURLOPT_HEADERDATA, static_cast<void*>(this));
    set(handle, CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(handle, CURLOPT_WRITEDATA, static_cast<void*>(this));
    set(handle, CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
    set(handle, CURLOPT_OPENSOCKETDATA, static_cast<void*>(this));
    set(handle, CURLOPT_PRIVATE, static_cast<void*>(this));
}

void Transfer::set_tls(const Tls& tls) {
    CURL* handle = handle_.get();
    set(handle, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    set(handle, CURLOPT_CERTINFO, 1L);
    // Debian's curl also has a folder of authorities. With it, ca_file would not be all that is
    // trusted, and the 25 ms of reading this machine's authorities would be spent for each
    // connection, on everybody's loop. Without it curl keeps what it read last.
    set(handle, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    set(handle, CURLOPT_CA_CACHE_TIMEOUT, authorities_kept_s);
    if (!tls.ca_file.empty()) {
        set(handle, CURLOPT_CAINFO, tls.ca_file.c_str());
    }
    if (!tls.cert_file.empty()) {
        set(handle, CURLOPT_SSLCERT, tls.cert_file.c_str());
        set(handle, CURLOPT_SSLKEY, tls.key_file.c_str());
    }
    std::string pins;
    for (const std::string& pin : tls.pins) {
        pins += (pins.empty() ? "sha256//" : ";sha256//") + pin;
    }
    if (!pins.empty()) {
        set(handle, CURLOPT_PINNEDPUBLICKEY, pins.c_str());
    }
}

Result<void> Transfer::begin(const HttpRequest& request, std::size_t index) {
    const auto target = check_url(request.url);
    if (!target) {
        return std::unexpected(target.error());
    }
    index_ = index;
    reach_ = target->reach;
    answer_ = {};
    refusal_ = Refusal::None;
    header_bytes_ = 0;
    lengths_ = 0;
    encodings_ = 0;
    CURL* handle = handle_.get();
    set(handle, CURLOPT_URL, request.url.c_str());
    if (request.method == "POST") {
        set(handle, CURLOPT_POST, 1L);
        set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(handle, CURLOPT_POSTFIELDS, request.body.c_str());
    } else if (request.method == "GET") {
        set(handle, CURLOPT_HTTPGET, 1L);
    } else {
        return fail(ErrorKind::Config, "request.method is neither GET nor POST");
    }
    return set_headers(request);
}

Result<void> Transfer::set_headers(const HttpRequest& request) {
    std::vector<std::string> lines{"User-Agent: thidua/0.1", "Accept: application/json", "Expect:"};
    for (const auto& [name, value] : request.headers) {
        if (name.empty() || holds_control(name) || holds_control(value) ||
            name.find(':') != std::string::npos) {
            return fail(ErrorKind::Config, "a header with a control character or a wrong name");
        }
        std::erase_if(lines, [&](const std::string& line) {
            return lower(line).starts_with(lower(name) + ":");
        });
        lines.push_back(name + ": " + value);
    }
    headers_.reset();
    for (const std::string& line : lines) {
        curl_slist* list = curl_slist_append(headers_.get(), line.c_str());
        check(list != nullptr, "memory for a header line");
        (void)headers_.release();
        headers_.reset(list);
    }
    set(handle_.get(), CURLOPT_HTTPHEADER, headers_.get());
    return {};
}

Result<HttpAnswer> Transfer::finish(CURLcode code) {
    switch (refusal_) {
        case Refusal::None:
            break;
        case Refusal::TooLarge:
            return fail(
                ErrorKind::Contract, fmt::format("an answer above {} bytes", body_bytes_max_)
            );
        case Refusal::Bomb:
            return fail(
                ErrorKind::Contract,
                fmt::format("an answer that unpacks to over {} times itself", packed_ratio_max)
            );
        case Refusal::Headers:
            return fail(
                ErrorKind::Contract, fmt::format("header lines above {} bytes", header_bytes_max)
            );
        case Refusal::Lengths:
            return fail(ErrorKind::Contract, "an answer that states its length more than once");
        case Refusal::Encoding:
            return fail(ErrorKind::Contract, "an answer compressed in a way nobody asked for");
        case Refusal::Address:
            if (code != CURLE_OK) {
                return fail(
                    ErrorKind::Config,
                    "the host's name leads to a link-local, private or loopback address"
                );
            }
            break;
        case Refusal::Descriptors:
            if (code != CURLE_OK) {
                return fail(
                    ErrorKind::Transient,
                    "too many files are open for a connection: raise LimitNOFILE of the service"
                );
            }
            break;
    }
    if (code != CURLE_OK) {
        long status_of_proxy = 0;  // of one that was asked for a tunnel
        (void)curl_easy_getinfo(handle_.get(), CURLINFO_HTTP_CONNECTCODE, &status_of_proxy);
        if (status_of_proxy / 100 > 2) {
            return fail(
                ErrorKind::Transient,
                fmt::format("the proxy answers with status {}", status_of_proxy)
            );
        }
        Error error = error_of(code);
        if (code == CURLE_PEER_FAILED_VERIFICATION) {
            error.message += verification_words(handle_.get());
        }
        return std::unexpected(std::move(error));
    }
    long status = 0;
    (void)curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
    answer_.status = static_cast<int>(status);
    return std::move(answer_);
}

std::optional<Instant> Transfer::certificate_end() const {
    curl_certinfo* chain = nullptr;
    if (curl_easy_getinfo(handle_.get(), CURLINFO_CERTINFO, &chain) != CURLE_OK ||
        chain == nullptr) {
        return std::nullopt;
    }
    constexpr std::string_view key = "Expire date:";
    std::optional<Instant> earliest;
    for (int number = 0; number < chain->num_of_certs; ++number) {
        for (const curl_slist* line = chain->certinfo[number]; line != nullptr; line = line->next) {
            const std::string_view text = line->data;
            if (!text.starts_with(key)) {
                continue;
            }
            const std::time_t end =
                curl_getdate(std::string(text.substr(key.size())).c_str(), nullptr);
            const Instant instant{std::chrono::seconds{end}};
            if (end >= 0 && (!earliest || instant < *earliest)) {
                earliest = instant;
            }
        }
    }
    return earliest;
}

bool Transfer::take_header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > header_bytes_max) {
        refusal_ = Refusal::Headers;
        return false;
    }
    if (line.starts_with("HTTP/")) {  // an interim answer may come first
        lengths_ = 0;
        encodings_ = 0;
        answer_ = {};
        return true;
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) {
        return true;
    }
    const std::string name = lower(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1));
    if (name == "content-type") {
        answer_.content_type = lower(value);
    } else if (name == "retry-after") {
        answer_.retry_after.append(answer_.retry_after.empty() ? "" : "\n").append(value);
    } else if (name == "date") {
        answer_.date = value;
    } else if (name == "link") {
        answer_.link = value;
    } else if (name == "set-cookie") {
        answer_.cookies.emplace_back(trim(value.substr(0, value.find(';'))));
    } else if (name == "content-length" || name == "transfer-encoding") {
        refusal_ = ++lengths_ > 1 ? Refusal::Lengths : refusal_;
    } else if (name == "content-encoding" && lower(value) != "identity") {
        const bool is_gzip = lower(value) == "gzip" || lower(value) == "x-gzip";
        refusal_ = ++encodings_ > 1 || !is_gzip ? Refusal::Encoding : refusal_;
    }
    // Of those two another of the host's addresses may have made up for it.
    return refusal_ == Refusal::None || refusal_ == Refusal::Address ||
           refusal_ == Refusal::Descriptors;
}

bool Transfer::is_bomb(std::size_t decoded) const {
    if (encodings_ == 0 || decoded <= packed_bytes_free) {
        return false;
    }
    curl_off_t came = 0;
    (void)curl_easy_getinfo(handle_.get(), CURLINFO_SIZE_DOWNLOAD_T, &came);
    // Of a chunked answer curl counts what it has read only after it was decoded.
    const std::int64_t packed = came + CURL_MAX_WRITE_SIZE;
    return static_cast<std::int64_t>(decoded) > packed * packed_ratio_max;
}

bool Transfer::take_body(std::string_view bytes) {
    if (answer_.body.size() + bytes.size() > static_cast<std::size_t>(body_bytes_max_)) {
        refusal_ = Refusal::TooLarge;
        return false;
    }
    if (is_bomb(answer_.body.size() + bytes.size())) {
        refusal_ = Refusal::Bomb;
        return false;
    }
    const std::size_t needed = answer_.body.size() + bytes.size() + simdjson::SIMDJSON_PADDING;
    if (answer_.body.capacity() < needed) {
        answer_.body.reserve(std::max(needed, answer_.body.capacity() * 2));
    }
    answer_.body += bytes;
    return true;
}

curl_socket_t Transfer::open_socket(const curl_sockaddr& address) {
    const Reach reach = reach_of(address.addr);
    // A proxy is the administrator's own word, and mostly stands in the private network.
    const bool is_allowed = reach == Reach::Public ||
                            (reach == Reach::Private && (reach_ == Reach::Private || has_proxy_));
    if (!is_allowed) {
        refusal_ = Refusal::Address;
        return CURL_SOCKET_BAD;
    }
    const int made = ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
    if (made < 0 && (errno == EMFILE || errno == ENFILE)) {
        refusal_ = Refusal::Descriptors;
    }
    return made;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    const std::string_view line(data, size * count);
    return static_cast<Transfer*>(self)->take_header(line) ? line.size() : 0;
}

std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    const std::string_view bytes(data, size * count);
    const bool is_taken = static_cast<Transfer*>(self)->take_body(bytes);
    return is_taken ? bytes.size() : bytes.size() + 1;
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype /*purpose*/, curl_sockaddr* address) {
    return static_cast<Transfer*>(self)->open_socket(*address);
}

}  // namespace thidua::connectors
