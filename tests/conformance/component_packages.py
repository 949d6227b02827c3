"""The component packages that the suite reads, each as the project that it is.

Most ship TypeScript in `src` and the JavaScript compiled from it in `dist`; both are read, since a
project may be written in either. The list is written out, so that a package which stops shipping
its sources fails a test instead of silently leaving the suite.
"""

from __future__ import annotations

from tests.conformance.judge import SUITE, Job

_USUAL = ("src/component", "dist/component")
_BOTH_FORMATS = ("src/component", "dist/esm/component", "dist/commonjs/component")

PACKAGES: dict[str, tuple[str, ...]] = {
    "@browserbasehq/convex-stagehand": _USUAL,
    "@convex-dev/action-cache": _USUAL,
    "@convex-dev/action-retrier": _USUAL,
    "@convex-dev/agent": _USUAL,
    "@convex-dev/aggregate": _USUAL,
    "@convex-dev/batch-worker": _USUAL,
    "@convex-dev/better-auth": _USUAL,
    "@convex-dev/crons": _USUAL,
    "@convex-dev/expo-push-notifications": _USUAL,
    "@convex-dev/geospatial": _USUAL,
    "@convex-dev/launchdarkly": _USUAL,
    "@convex-dev/migrations": _USUAL,
    "@convex-dev/persistent-text-streaming": _USUAL,
    "@convex-dev/polar": _USUAL,
    "@convex-dev/presence": _USUAL,
    "@convex-dev/prosemirror-sync": _USUAL,
    "@convex-dev/r2": _USUAL,
    "@convex-dev/rag": _USUAL,
    "@convex-dev/rate-limiter": _USUAL,
    "@convex-dev/ratelimiter": _BOTH_FORMATS,
    "@convex-dev/resend": _USUAL,
    "@convex-dev/sharded-counter": _USUAL,
    "@convex-dev/stripe": _USUAL,
    "@convex-dev/twilio": _USUAL,
    "@convex-dev/workflow": _USUAL,
    "@convex-dev/workos-authkit": _USUAL,
    "@convex-dev/workpool": _USUAL,
    "@djpanda/convex-authz": _USUAL,
    "@dodopayments/convex": ("dist/component",),
    "@erquhart/convex-oss-stats": _USUAL,
    "@gilhrpenner/convex-files-control": _USUAL,
    "@hamzasaleemorg/convex-kv": _USUAL,
    "@ikhrustalev/convex-debouncer": _USUAL,
    "@posthog/convex": _USUAL,
    "@samhoque/convex-posthog": _USUAL,
    "@useautumn/convex": _USUAL,
    "convex-audit-log": _USUAL,
    "convex-durable-agents": _USUAL,
    "convex-firecrawl-scrape": _USUAL,
    "convex-fs": _USUAL,
    "convex-revenuecat": _USUAL,
    "convex-table-history": _BOTH_FORMATS,
    "neutral-cost": _USUAL,
}


def component_jobs() -> list[Job]:
    """Return one job per component directory, named `package/directory`."""
    return [
        Job(
            name=f"{name}/{directory}",
            root=SUITE,
            functions_dir=f"node_modules/{name}/{directory}",
        )
        for name, directories in PACKAGES.items()
        for directory in directories
    ]
