namespace Splitrail.Local.Sidecar.State;

internal enum StateFaultKind
{
    Mismatch,
    InvalidETag,
    Other,
}

/// <summary>Why a write was not made, in the words of the store.</summary>
internal sealed record StateFault(StateFaultKind Kind, string Text)
{
    public const string MismatchPrefix = "possible etag mismatch. error from state store: ";

    public static StateFault Mismatch(string text) => new(StateFaultKind.Mismatch, MismatchPrefix + text);

    public static StateFault Other(string text) => new(StateFaultKind.Other, text);

    public int Status => Kind switch { StateFaultKind.Mismatch => 409, StateFaultKind.InvalidETag => 400, _ => 500 };
}
