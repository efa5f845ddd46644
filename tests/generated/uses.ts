// What a page or a port's system writes against the generated types: it compiles, or a door has lost its type.
import type { components as Arrival, paths } from "./arrival";
import type { components as Clearance } from "./clearance";
import type { components as Release, operations } from "./release";

const notice: Arrival["schemas"]["NotifyArrival"] = {
  movement: "M-2001",
  checkpoint: "FRP-MIX",
  mode: "road",
  expected: "2026-12-01T09:00:00Z",
  vehicle: { kind: "registration_plate", identity: "01 AG 1234" },
  carrier: "Hazar Logistika",
  journey: [],
  consignments: ["C-1001"],
};

type Said = paths["/arrival-notices"]["post"]["responses"][200]["content"]["application/json"];

export function outcomeOf(said: Said): string {
  return "receipt" in said ? `${said.outcome} at ${said.receipt.position}` : said.outcome;
}

export function paidFor(shown: Clearance["schemas"]["ConsignmentStream"]): string[] {
  return (shown.state.payments?.received ?? []).map((each) => `${each.reference}: ${each.amount}`);
}

export function nextActs(shown: Release["schemas"]["ConsignmentStream"]): string[] {
  return shown.open_points.map((point) => `${point.act} (${point.who}, Art. ${point.article})`);
}

type Asked = operations["listConsignments"]["parameters"]["query"];

export const waiting: Asked = { waiting: "ReleaseGoods", limit: 10 };

// @ts-expect-error An act that nobody can wait for is no text like any other.
export const wrong: Asked = { waiting: "ReleaseGood" };

export const sent = JSON.stringify(notice);
