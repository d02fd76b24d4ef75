using System.Net;

namespace Splitrail.Dapr;

/// <summary>What went wrong, as far as the caller can act on it.</summary>
public enum DaprFaultKind
{
    /// <summary>The called app itself answered with something else than 2xx.</summary>
    AppError,

    /// <summary>The resiliency policy's timeout cut the call; the callee's work is not undone.</summary>
    Timeout,

    /// <summary>The breaker is open, or half-open and busy; the callee was not asked.</summary>
    CircuitOpen,

    /// <summary>The callee or its sidecar does not answer.</summary>
    AppDown,

    /// <summary>No app of that id was found.</summary>
    UnknownApp,

    /// <summary>The own sidecar does not answer.</summary>
    SidecarAway,

    /// <summary>The caller's token ended the call.</summary>
    DeadlineExceeded,

    /// <summary>The answer was 2xx but is not the JSON that was expected.</summary>
    BadAnswer,

    /// <summary>An ETag did not match.</summary>
    Conflict,

    /// <summary>The sidecar refused the request: malformed, unknown component, forbidden, wrong token.</summary>
    Refused,

    /// <summary>The component behind the sidecar (store, broker) failed.</summary>
    ComponentError,
}

/// <param name="Kind">See <see cref="DaprFaultKind"/>.</param>
/// <param name="Status">The HTTP status, when there was an answer.</param>
/// <param name="ErrorCode">The sidecar's <c>errorCode</c>, when the sidecar itself answered.</param>
/// <param name="Text">The raw body, or the message of the exception; at most <see cref="MaxTextLength"/> characters.</param>
public sealed record DaprFault(DaprFaultKind Kind, HttpStatusCode? Status, string? ErrorCode, string Text)
{
    /// <summary>More of a foreign error page helps nobody.</summary>
    public const int MaxTextLength = 4096;

    public static DaprFault DeadlinePassed { get; } = new(DaprFaultKind.DeadlineExceeded, null, null, "the caller's deadline passed");

    public override string ToString() => $"{Kind} (status {(int?)Status}, {ErrorCode ?? "no error code"}): {Text}";
}
