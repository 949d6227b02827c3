// Model of @auth/core/providers/bitbucket, checked against 0.41.3.
import { provider } from "./_provider.js";

export default provider("bitbucket", "Bitbucket", "oauth");
