// Model of @auth/core/providers/todoist, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("todoist", "Todoist", "oauth");
