namespace Splitrail.Local.Sidecar;

/// <summary>APIs of daprd for which the embedded sidecar has no component: they answer as a daprd does that was given none.</summary>
internal static class UnconfiguredApis
{
    public static async Task<bool> TryHandleAsync(ApiCall call)
    {
        if (Error(call) is not { } error)
            return false;
        await error.WriteAsync(call.Response).ConfigureAwait(false);
        return true;
    }

    private static ApiError? Error(ApiCall call) => (call.Verb, call.Parts[0], call.Parts[1], call.Parts.Length) switch
    {
        ("POST", "v1.0-alpha1", "lock" or "unlock", 3) => new ApiError(500, "ERR_LOCK_STORE_NOT_CONFIGURED", "lock store is not configured"),
        ("POST" or "PUT", "v1.0", "bindings", 3) => new ApiError(
            500, "ERR_INVOKE_OUTPUT_BINDING", $"error invoking output binding {call.Parts[2]}: couldn't find output binding {call.Parts[2]}"),
        _ => null,
    };
}
