// SPDX-FileCopyrightText: thidua developers
// SPDX-License-Identifier: Apache-2.0
// DuckDB through read_json, which decodes in C++ on all cores.
//
//     node duckdb.js file PAGES DATABASE    one statement over the whole page file
//     node duckdb.js daemon PAGES DATABASE  10 pages a transaction, as they would come
'use strict';

const fs = require('fs');
const { DuckDBInstance } = require('@duckdb/node-api');
const peer = require('./peer.js');

const shape = `STRUCT(code VARCHAR, procedure STRUCT(code VARCHAR), agency STRUCT(code VARCHAR),
    applyMethod STRUCT(id INTEGER), dossierStatus STRUCT(id INTEGER), appliedDate VARCHAR,
    acceptedDate VARCHAR, appointmentDate VARCHAR, completedDate VARCHAR, updatedDate VARCHAR,
    fees STRUCT(amount DOUBLE)[],
    paymentRequestData STRUCT(state VARCHAR, method VARCHAR, "references" VARCHAR[]))[]`;

// The last version of a dossier among those read: one statement may touch a row only once.
const load = (file) => `INSERT OR REPLACE INTO dossier
    SELECT r.code, r.procedure.code, r.agency.code, coalesce(r.applyMethod.id, 1),
        r.dossierStatus.id, r.appliedDate, r.acceptedDate, r.appointmentDate, r.completedDate,
        len(r.fees), CAST(coalesce(list_sum(list_transform(r.fees, f -> f.amount)), 0) AS BIGINT),
        r.paymentRequestData.state, r.paymentRequestData.method,
        array_to_string(r.paymentRequestData."references", ',')
    FROM (SELECT unnest(content) AS r FROM read_json('${file}', format = 'newline_delimited',
        columns = {content: '${shape.replace(/'/g, "''")}'}))
    QUALIFY row_number() OVER (PARTITION BY r.code ORDER BY r.updatedDate DESC) = 1`;

async function asDaemon(connection, pages, scratch) {
    let some = [];
    const flush = async () => {
        if (some.length > 0) {
            fs.writeFileSync(scratch, Buffer.concat(some));
            await connection.run(load(scratch));
            some = [];
        }
    };
    for (const page of peer.linesOf(pages)) {
        some.push(page, Buffer.from('\n'));
        if (some.length === 20) {
            await flush();
        }
    }
    await flush();
    fs.rmSync(scratch, { force: true });
}

async function main(way, pages, path) {
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    await connection.run(`CREATE TABLE dossier (code VARCHAR PRIMARY KEY, procedure VARCHAR,
        unit VARCHAR, channel INTEGER, status INTEGER, applied_at VARCHAR, accepted_at VARCHAR,
        due_at VARCHAR, finished_at VARCHAR, fee_count INTEGER, fee_total BIGINT,
        payment_state VARCHAR, payment_method VARCHAR, payment_references VARCHAR)`);
    const stop = peer.watch();
    if (way === 'file') {
        await connection.run(load(pages));
    } else {
        await asDaemon(connection, pages, `${path}.part`);
    }
    await connection.run('CHECKPOINT');
    const measured = stop();
    const rss = peer.rssKib();
    const units = await connection.runAndReadAll(
        'SELECT unit, count(*), sum(fee_total)::BIGINT FROM dossier GROUP BY unit');
    console.log(JSON.stringify({
        name: `duckdb-${way}`,
        ...measured,
        file_bytes: fs.statSync(path).size,
        dossiers: units.getRows().reduce((sum, unit) => sum + Number(unit[1]), 0),
        fee_total: units.getRows().reduce((sum, unit) => sum + Number(unit[2]), 0),
        rss_kib: rss,
    }));
}

main(...process.argv.slice(2)).catch((trouble) => {
    console.error(`duckdb.js: ${trouble.message}`);
    process.exit(1);
});
