#!/usr/bin/python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Checks the mail in a Maildir: well-formed for two parsers, and each message exactly once.

    /usr/bin/python3 check_mail.py [--expect-recipients N] [--expect-weeks N] MAILDIR

Reads every message with Python's email and with Perl's MIME::Parser (Debian: libmime-tools-perl),
which share no code with each other or with GMime, the writer. Both must see, without complaint, the
same subject, names, text, HTML and attachments; texts must be UTF-8 in NFC. No recipient (the
Delivered-To that mail_sink.py writes) may have two messages of one Message-ID, and no Message-ID
may have gone to two recipients.

--expect-recipients N: that many different recipients.
--expect-weeks N:      each recipient has exactly N messages (one edition a week each).

Prints a summary. Status 0: all is well; 1: violations, one per line on stderr; 66: no Maildir;
69: libmime-tools-perl is missing.
"""

import argparse
import collections
import email
import email.policy
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata

VIOLATIONS_SHOWN_MAX = 50

# One JSON object per file named on stdin. MIME::Words decodes words, MIME::Parser the tree.
SECOND_PARSER = r"""
use strict; use warnings;
use Encode (); use JSON::PP (); use MIME::Parser; use MIME::Words ();
use Digest::SHA ();
binmode STDOUT, ':raw';
my $json = JSON::PP->new->canonical->ascii;
sub words {
    my ($value) = @_;
    return undef unless defined $value;
    $value =~ s/\r?\n(?=[ \t])//g;
    $value =~ s/\s+\z//;
    return join '', map { Encode::decode($_->[1] || 'US-ASCII', $_->[0], Encode::FB_CROAK) }
        MIME::Words::decode_mimewords($value);
}
# Name and address; only what is not an encoded word is unquoted.
sub mailbox {
    my ($value) = @_;
    return undef unless defined $value;
    $value =~ s/\r?\n(?=[ \t])//g;
    my ($phrase, $address) = $value =~ /^\s*(.*?)\s*<([^<>]*)>\s*\z/ ? ($1, $2) : ('', $value);
    $address =~ s/^\s+|\s+\z//g;
    my $name = '';
    for my $piece (MIME::Words::decode_mimewords($phrase)) {
        my ($text, $charset) = @$piece;
        if (!defined $charset) { $text =~ s/^"(.*)"\z/$1/s; $text =~ s/\\(.)/$1/g; }
        $name .= Encode::decode($charset || 'US-ASCII', $text, Encode::FB_CROAK);
    }
    return [$name, $address];
}
sub walk {
    my ($entity, $found) = @_;
    if ($entity->parts) { walk($_, $found) for $entity->parts; return; }
    my $bytes = $entity->bodyhandle->as_string;
    my $name = $entity->head->recommended_filename;
    if (defined $name) {
        push @{$found->{attachments}}, [$name, $entity->mime_type, Digest::SHA::sha256_hex($bytes)];
        return;
    }
    my $picture = $entity->head->get('Content-ID');
    if (defined $picture) {
        $picture =~ s/^\s*<|>\s*\z//g;
        push @{$found->{pictures}}, [$picture, $entity->mime_type, Digest::SHA::sha256_hex($bytes)];
        return;
    }
    my $charset = $entity->head->mime_attr('content-type.charset') || 'US-ASCII';
    push @{$found->{$entity->mime_type}}, Encode::decode($charset, $bytes, Encode::FB_CROAK);
}
while (my $path = <STDIN>) {
    chomp $path;
    my %seen = (file => $path, attachments => [], pictures => []);
    eval {
        my $parser = MIME::Parser->new;
        $parser->output_to_core(1);
        $parser->decode_headers(0);
        my $entity = $parser->parse_open($path);
        $seen{complaints} = [$parser->results->errors, $parser->results->warnings];
        $seen{$_} = words($entity->head->get($_)) for ('Subject', 'Message-ID');
        $seen{$_} = mailbox($entity->head->get($_)) for ('From', 'To');
        walk($entity, \%seen);
        1;
    } or do { $seen{complaints} = ["$@"]; };
    print $json->encode(\%seen), "\n";
}
"""


def mailbox_of(header):
    """Name and address of a From or To. Python's parser shows the blank between two encoded words
    of a name, which a reader must not; our words end at blanks, so one blank too many is all."""
    addresses = getattr(header, "addresses", ())
    if len(addresses) != 1:
        return None
    return [re.sub(r"\s+", " ", addresses[0].display_name), addresses[0].addr_spec]


def lines_of(text):
    return text.replace("\r\n", "\n")


def first_parser(path):
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    seen = {"file": path, "attachments": [], "pictures": [], "complaints": []}
    for part in message.walk():
        if part.is_multipart():
            seen["complaints"] += [repr(defect) for defect in part.defects]
            continue
        content = part.get_content()  # decodes, so that its defects are known
        seen["complaints"] += [repr(defect) for defect in part.defects]
        if part.get_filename() is not None:
            data = content.encode(part.get_content_charset("us-ascii")) if isinstance(
                content, str) else content
            seen["attachments"].append(
                [part.get_filename(), part.get_content_type(), hashlib.sha256(data).hexdigest()])
        elif part["Content-ID"] is not None:
            seen["pictures"].append([part["Content-ID"].strip("<>"), part.get_content_type(),
                                     hashlib.sha256(content).hexdigest()])
        else:
            seen.setdefault(part.get_content_type(), []).append(content)
    for part in message.walk():
        for name, value in part.items():
            seen["complaints"] += [f"{name}: {defect!r}" for defect in value.defects]
    for name in ("Subject", "From", "To", "Message-ID", "Delivered-To"):
        values = message.get_all(name, [])
        if len(values) != 1:
            seen["complaints"].append(f"{len(values)} headers {name}, there must be one")
        seen[name] = str(values[0]) if values else ""
    for name in ("From", "To"):
        seen[name] = mailbox_of(message[name])
    return seen


def second_parser(paths):
    done = subprocess.run(
        ["perl", "-e", SECOND_PARSER],
        input="\n".join(paths).encode() + b"\n", stdout=subprocess.PIPE, check=False)
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(seen) != len(paths):
        sys.exit("check_mail: the second parser ended early")
    return seen


def has_second_parser():
    return subprocess.run(["perl", "-MMIME::Parser", "-e", "1"], stderr=subprocess.DEVNULL,
                          check=False).returncode == 0


def differences(first, second):
    """What is wrong with one message, as sentences."""
    for complaint in first["complaints"]:
        yield f"Python's email: {complaint}"
    for complaint in second["complaints"] or []:
        yield f"MIME::Parser: {complaint}"
    for name in ("Subject", "Message-ID", "From", "To"):
        if not first[name] or first[name] != second.get(name):
            yield f"{name} is missing or differs: {first[name]!r}, {second.get(name)!r}"
    for kind in ("text/plain", "text/html"):
        one, two = first.get(kind, []), second.get(kind, [])
        if len(one) != 1 or not one[0].strip():
            yield f"{kind}: {len(one)} parts, there must be one with something in it"
        if [lines_of(text) for text in one] != [lines_of(text) for text in two]:
            yield f"{kind}: the parsers disagree"
    if sorted(first["attachments"]) != sorted(second["attachments"]):
        yield f"attachments differ: {first['attachments']}, {second['attachments']}"
    shown = re.findall(r'src="([^"]*)"', "".join(first.get("text/html", [])))
    carried = [("cid:" + name, kind) for name, kind, _ in first["pictures"]]
    if sorted((name, "image/png") for name in shown) != sorted(carried):
        yield f"pictures: {shown} are shown, {carried} carried"
    if sorted(first["pictures"]) != sorted(second["pictures"]):
        yield f"pictures differ: {first['pictures']}, {second['pictures']}"
    yield from text_faults(first)


def text_faults(seen):
    texts = [("Subject", seen["Subject"])]
    texts += [(header, seen[header][0]) for header in ("From", "To") if seen[header]]
    texts += [(kind, text) for kind in ("text/plain", "text/html") for text in seen.get(kind, [])]
    for where, text in texts:
        if not unicodedata.is_normalized("NFC", text):
            yield f"{where}: not NFC"
        if "\ufffd" in text:
            yield f"{where}: holds U+FFFD, the mark of a lost letter"
    if seen["To"] and seen["To"][1] != seen["Delivered-To"]:
        yield f"To {seen['To'][1]} is not whom it was delivered to: {seen['Delivered-To']}"


def raw_faults(path):
    with open(path, "rb") as file:
        content = file.read()
    if not content.count(b"\n") == content.count(b"\r") == content.count(b"\r\n"):
        yield "a bare CR or LF"
    if max(map(len, content.split(b"\r\n"))) > 998:
        yield "a line above 998 bytes"
    if not content.isascii() or b"\0" in content:
        yield "a byte that is not 7-bit"


def count_faults(messages, options):
    pairs = collections.Counter((seen["Delivered-To"], seen["Message-ID"]) for seen in messages)
    for (recipient, identity), copies in sorted(pairs.items()):
        if copies > 1:
            yield f"{recipient}: {copies} copies of {identity}"
    owners = collections.defaultdict(set)
    for recipient, identity in pairs:
        owners[identity].add(recipient)
    for identity, recipients in sorted(owners.items()):
        if len(recipients) > 1:
            yield f"{identity} went to {len(recipients)} recipients"
    editions = collections.Counter(recipient for recipient, _ in pairs)
    if options.expect_recipients is not None and len(editions) != options.expect_recipients:
        yield f"{len(editions)} recipients, expected {options.expect_recipients}"
    if options.expect_weeks is not None:
        for recipient, count in sorted(editions.items()):
            if count != options.expect_weeks:
                yield f"{recipient}: {count} editions, expected {options.expect_weeks}"


def messages_in(maildir):
    paths = []
    for folder in ("new", "cur"):
        place = os.path.join(maildir, folder)
        if not os.path.isdir(place):
            print(f"check_mail: {place}: no such folder, not a Maildir", file=sys.stderr)
            sys.exit(66)
        paths += sorted(os.path.join(place, name) for name in os.listdir(place))
    return paths


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--expect-recipients", type=int)
    parser.add_argument("--expect-weeks", type=int)
    parser.add_argument("maildir")
    options = parser.parse_args()
    if not has_second_parser():
        print("check_mail: no MIME::Parser: install libmime-tools-perl", file=sys.stderr)
        sys.exit(69)

    paths = messages_in(options.maildir)
    first = [first_parser(path) for path in paths]
    second = second_parser(paths) if paths else []
    violations = []
    for path, one, two in zip(paths, first, second):
        for fault in (*raw_faults(path), *differences(one, two)):
            violations.append(f"{os.path.basename(path)}: {fault}")
    violations += count_faults(first, options)
    for violation in violations[:VIOLATIONS_SHOWN_MAX]:
        print(f"check_mail: {violation}", file=sys.stderr)

    recipients = len({seen["Delivered-To"] for seen in first})
    attachments = sum(len(seen["attachments"]) for seen in first)
    print(f"check_mail: {len(paths)} messages, {recipients} recipients, {attachments} attachments, "
          f"2 parsers, {len(violations)} violations")
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    main()
