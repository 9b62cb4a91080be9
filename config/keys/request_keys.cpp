// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Keys of a source that say as whom and how it is asked.
#include "config/keys/maps.hpp"

namespace thidua::config::keys {

namespace {

constexpr Type status_code = integer(200, 299);

constexpr Key source_tls_list[] = {
    {"ca_file",
     path,
     depends("the system's certificates"),
     "Certificates of the authorities to believe."},
    {"cert_file", path, may, "Our own certificate, where the source wants one."},
    {"key_file", secret_file, may, "The key that belongs to it."},
    {"pins",
     texts,
     may,
     "SHA-256 of public keys, base64; a server must show one of them. Two at least."},
};

constexpr Key rate_limit_list[] = {
    {"requests", integer(1, 1'000'000), depends("no limit"), "So many within `per`."},
    {"per", duration, default_is("1s"), "The time that `requests` is about."},
    {"daily", integer(1, 100'000'000), depends("no limit"), "Requests in a day of Viet Nam."},
};

constexpr Key auth_list[] = {
    {"type",
     choice("none|api-key|basic|bearer|oauth2-client-credentials|oauth2-password|login"),
     default_is("none"),
     "The kind of proof; presets say it."},
    {"token_url", text_of("URL, or a path below base_url"), may, "Where OAuth tokens come from."},
    {"client_id", private_text, may, "The client, for OAuth.", "thidua"},
    {"client_secret_file", secret_file, may, "The file with the client's secret.", "secrets/tthc"},
    {"client_in",
     choice("basic|body"),
     default_is("basic"),
     "Whether client and secret go as HTTP Basic or as form fields."},
    {"scopes", texts, may, "OAuth scopes."},
    {"username", private_text, may, "The user, for basic, oauth2-password and login."},
    {"password_file", secret_file, may, "The file with the user's password."},
    {"key_file", secret_file, may, "The file with the key or the token."},
    {"header", text, may, "The header that carries key or session."},
    {"prefix", verbatim, may, "What stands before it there.", "\"Bearer \""},
    {"query", text, may, "Or the query that carries the key."},
    {"login", map_of(login_keys), may, "How a session is got."},
    {"renew_interval",
     duration,
     default_is("1m"),
     "A session that is refused again within this time is somebody else's too: the pull stops."},
};

constexpr Key login_list[] = {
    {"request", map_of(request_keys), must, "With {username} and {password}."},
    {"token", one_or_more_pointers, may, "Where the session stands in the answer."},
    {"cookie", text, may, "Or the cookie that is the session."},
    {"expires_in", pointer, may, "Where its life in seconds stands."},
    {"expires_at", pointer, may, "Where its end stands (RFC 3339)."},
    {"lifetime", duration, depends("until it is refused"), "Its life where the answer says none."},
};

constexpr Key request_list[] = {
    {"method", choice("GET|POST"), default_is("GET"), "The method."},
    {"path", verbatim, may, "Below base_url, with {placeholders}."},
    {"query",
     free_map("name", private_verbatim),
     may,
     "What stands after the question mark; what comes to nothing is left out."},
    {"headers", free_map("name", private_verbatim), may, "Headers."},
    {"body", private_verbatim, may, "A template; JSON when it begins with a brace."},
    {"form", free_map("name", private_verbatim), may, "Form fields instead of a body."},
    {"success", list_of(status_code), default_is("[200]"), "Statuses of HTTP that are taken."},
    {"secret_file",
     secret_file,
     may,
     "The secret that `sign` and `verify` go by.",
     "secrets/payments"},
    {"sign", map_of(signature_keys), may, "A SHA-256 that is put into the body."},
    {"verify", map_of(signature_keys), may, "A SHA-256 that is checked in the answer."},
};

constexpr Key signature_list[] = {
    {"fields", texts, must, "Fields in their order; the secret comes last."},
    {"join", verbatim, default_is("\"|\""), "What stands between them."},
    {"into", text, must, "The field that holds the digest."},
};

constexpr Key pagination_list[] = {
    {"type",
     choice("none|page|offset|start-end|cursor|link|row"),
     default_is("none"),
     "How pages are asked for."},
    {"first", integer(0, 1), default_is("0"), "The number of the first page."},
    {"size", integer(1, 100'000), default_is("200"), "Records a page."},
    {"total_path",
     pointer,
     may,
     "Where the declared total stands; it proves that nothing is missing."},
    {"next_path", pointer, may, "Where the next cursor or URL stands."},
    {"last_path", pointer, may, "Where a flag stands that is true on the last page."},
    {"row_path", pointer, may, "Where a record's own number stands."},
    {"pages_max", integer(1, 1'000'000), default_is("10000"), "More pages are an error."},
};

constexpr Key retry_list[] = {
    {"max_attempts", integer(1, 100), default_is("6"), "Attempts for one request."},
    {"backoff", duration, default_is("500ms"), "The first pause; it doubles."},
    {"max_backoff", duration, default_is("1m"), "The longest pause."},
    {"deadline", duration, default_is("15m"), "For one request with all its attempts."},
};

}  // namespace

const KeyMap source_tls_keys{
    .name = "source-tls",
    .where = "sources: NAME: tls",
    .meaning = "What is believed of a server's certificate, and shown of ours.",
    .keys = source_tls_list,
};

const KeyMap rate_limit_keys{
    .name = "source-rate-limit",
    .where = "sources: NAME: rate_limit",
    .meaning = "Sources of one host share the strictest of their limits.",
    .keys = rate_limit_list,
    .example = "rate_limit: {requests: 5, per: 1s, daily: 20000}",
};

const KeyMap auth_keys{
    .name = "source-auth",
    .where = "sources: NAME: auth",
    .meaning =
        "How a request proves who asks. A client certificate is a matter of `tls`, a signed "
        "body one of `request.sign`.",
    .keys = auth_list,
    .example = "auth: {type: basic, username: thidua, password_file: secrets/tthc}",
};

const KeyMap login_keys{
    .name = "source-auth-login",
    .where = "sources: NAME: auth: login",
    .meaning = "A session is got by a request of the source's own making.",
    .keys = login_list,
};

const KeyMap request_keys{
    .name = "source-request",
    .where = "sources: NAME: request, and joins: request, auth: login: request",
    .meaning =
        "One HTTP request. Values may hold {page} {size} {offset} {start} {end} {cursor} {from} "
        "{to} {year} {month} {key} {keys} {root} {now} {session} and the names of "
        "`parameters`.",
    .keys = request_list,
};

const KeyMap signature_keys{
    .name = "source-request-signature",
    .where = "sources: NAME: request: sign, verify",
    .meaning = "A SHA-256 over named fields and a secret.",
    .keys = signature_list,
};

const KeyMap pagination_keys{
    .name = "source-pagination",
    .where = "sources: NAME: pagination",
    .meaning = "How an answer leads to the next one, and what proves that nothing is missing.",
    .keys = pagination_list,
};

const KeyMap retry_keys{
    .name = "source-retry",
    .where = "sources: NAME: retry",
    .meaning = "What is tried again: time-outs, 408, 425, 429, 5xx.",
    .keys = retry_list,
};

}  // namespace thidua::config::keys
