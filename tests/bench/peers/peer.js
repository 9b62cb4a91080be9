// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// What the Node peers share.
'use strict';

const fs = require('fs');

/** Lines of a file, as Buffers without their ends. */
function* linesOf(path) {
    const file = fs.openSync(path, 'r');
    const part = Buffer.alloc(1 << 20);
    let pieces = [];
    for (let got; (got = fs.readSync(file, part, 0, part.length, null)) > 0;) {
        let begin = 0;
        for (let end; (end = part.subarray(0, got).indexOf(10, begin)) >= 0; begin = end + 1) {
            pieces.push(Buffer.from(part.subarray(begin, end)));
            yield Buffer.concat(pieces);
            pieces = [];
        }
        pieces.push(Buffer.from(part.subarray(begin, got)));
    }
    fs.closeSync(file);
}

/** The most memory this program ever held. */
function rssKib() {
    return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'ascii'))[1]);
}

/** Begins to measure; the function it gives ends that and returns what was measured. */
function watch() {
    const wall = process.hrtime.bigint();
    const cpu = process.cpuUsage();
    return () => {
        const used = process.cpuUsage(cpu);
        return {
            wall_s: Number(process.hrtime.bigint() - wall) / 1e9,
            cpu_s: (used.user + used.system) / 1e6,
        };
    };
}

module.exports = { linesOf, rssKib, watch };
