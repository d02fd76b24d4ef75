namespace Splitrail.Local.Sidecar.Resources;

/// <param name="File">Path of the file.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Rule">What must hold, with the value that does not.</param>
public sealed record ResourceFault(string File, long Line, string Rule)
{
    public override string ToString() => $"{File}:{Line}: {Rule}";
}

/// <summary>The component files are broken, so the sidecar does not start. The real daprd only logs a broken Resiliency file and runs without any policy.</summary>
public sealed class ResourceException(IReadOnlyList<ResourceFault> faults)
    : Exception("The component files are broken:" + Environment.NewLine + string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<ResourceFault> Faults { get; } = faults;
}
