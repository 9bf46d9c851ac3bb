import { answerData, Refused } from "../../../core/gateway/answer_data.ts";
import { BASIS_QUERY } from "../../../core/gateway/queries.ts";
import {
  basisTrend,
  contractOf,
  FUTURES_ALIASES,
  listedContracts,
} from "../../../core/wire/basis_trend.ts";
import { define } from "../../../utils.ts";

export const handler = define.handlers((ctx) =>
  answerData(ctx, BASIS_QUERY, (view, { minutes, contract, step }) => {
    const code = contractOf(view, contract);
    if (code !== null) return basisTrend(view, code, minutes, step);
    return new Refused({
      status: 404,
      code: "NOT_FOUND",
      detail: "no such future is listed",
      parameter: "contract",
      wanted: `one of ${[...listedContracts(view), ...FUTURES_ALIASES].join(", ")}`,
    });
  })
);
