namespace Splitrail.Local;

/// <summary>Which sidecars a suite is started with.</summary>
public enum SidecarKind
{
    /// <summary><c>local/Sidecar</c>: the default, nothing to install.</summary>
    Embedded,

    /// <summary>Real daprd processes with a Redis.</summary>
    Daprd,
}
