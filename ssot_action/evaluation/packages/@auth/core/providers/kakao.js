// Model of @auth/core/providers/kakao, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("kakao", "Kakao", "oauth");
