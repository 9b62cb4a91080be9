// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// Node and better-sqlite3: WAL, NORMAL, 10,000 records a transaction, WITHOUT ROWID.
//
//     node better_sqlite3.js PAGES DATABASE     with NODE_PATH naming the installed packages
'use strict';

const fs = require('fs');
const Database = require('better-sqlite3');
const peer = require('./peer.js');

const names = ['code', 'procedure', 'unit', 'channel', 'status', 'applied_at', 'accepted_at',
    'due_at', 'finished_at', 'fee_count', 'fee_total', 'payment_state', 'payment_method',
    'payment_references'];

const [pages, path] = process.argv.slice(2);
const database = new Database(path);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = NORMAL');
database.pragma('cache_size = -16384');
database.exec(`CREATE TABLE dossier (code TEXT NOT NULL PRIMARY KEY, procedure TEXT, unit TEXT,
    channel INTEGER, status INTEGER, applied_at TEXT, accepted_at TEXT, due_at TEXT,
    finished_at TEXT, fee_count INTEGER, fee_total INTEGER, payment_state TEXT,
    payment_method TEXT, payment_references TEXT) WITHOUT ROWID`);
const upsert = database.prepare(
    `INSERT INTO dossier (${names}) VALUES (${names.map(() => '?')}) ON CONFLICT (code) DO UPDATE
    SET ${names.slice(1).map((name) => `${name} = excluded.${name}`)}`);

const addAll = database.transaction((some) => {
    for (const page of some) {
        for (const r of JSON.parse(page).content) {
            const payment = r.paymentRequestData;
            upsert.run(
                r.code, r.procedure.code, r.agency.code, r.applyMethod ? r.applyMethod.id : 1,
                r.dossierStatus.id, r.appliedDate, r.acceptedDate, r.appointmentDate,
                r.completedDate, r.fees.length, r.fees.reduce((sum, fee) => sum + fee.amount, 0),
                payment ? payment.state : null, payment ? payment.method : null,
                payment ? payment.references.join(',') : '');
        }
    }
});

const stop = peer.watch();
let some = [];
for (const page of peer.linesOf(pages)) {
    some.push(page);
    if (some.length === 10) {
        addAll(some);
        some = [];
    }
}
addAll(some);
database.close();
const measured = stop();
const rss = peer.rssKib();

const units = new Database(path)
    .prepare('SELECT unit, count(*) AS dossiers, sum(fee_total) AS fees FROM dossier GROUP BY unit')
    .all();
console.log(JSON.stringify({
    name: 'better-sqlite3',
    ...measured,
    file_bytes: fs.statSync(path).size,
    dossiers: units.reduce((sum, unit) => sum + unit.dossiers, 0),
    fee_total: units.reduce((sum, unit) => sum + unit.fees, 0),
    rss_kib: rss,
}));
