import { httpRouter } from "convex/server";
import { internal } from "./_generated/api";
import { httpAction } from "./_generated/server";

const http = httpRouter();

http.route({
  path: "/hooks/user-created",
  method: "POST",
  handler: httpAction(async (ctx, request) => {
    const { name, email } = await request.json();
    await ctx.runMutation(internal.users.create, { name, email, role: "member" });
    return new Response(null, { status: 204 });
  }),
});

http.route({
  pathPrefix: "/files/",
  method: "GET",
  handler: httpAction(async (ctx, request) => {
    const id = new URL(request.url).pathname.slice("/files/".length);
    const file = await ctx.storage.get(id);
    return file === null ? new Response("Not found", { status: 404 }) : new Response(file);
  }),
});

export default http;
