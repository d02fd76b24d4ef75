namespace Splitrail.Contracts;

/// <summary>Body of <see cref="InnerPaths.ModelCheck"/>: asks ranking-svc whether it could serve a version, before that is activated.</summary>
public sealed record ModelCheckRequest(string Version);

/// <param name="Outcome">
/// <c>pending</c> while the version is being opened in a process of its own (ask again, it takes a second or so), then <c>accepted</c> or <c>invalid</c>;
/// <c>unknown_model</c> when it is not there or its manifest cannot be read.
/// </param>
/// <param name="Reason">Why not.</param>
public sealed record ModelCheckResponse(string Outcome, string? Reason = null);
