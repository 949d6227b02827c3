// Model of @auth/core/providers/coinbase, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("coinbase", "Coinbase", "oauth");
