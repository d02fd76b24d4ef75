using System.Security.Cryptography;

namespace Splitrail.ExperimentSvc.Pages.Assets;

/// <summary>A file inside the assembly. Its address holds its hash, so that browsers may keep it for ever and never show an old one.</summary>
/// <param name="Path">Its address.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record Asset(string Path, string ContentType, byte[] Content)
{
    /// <param name="name">Of the file.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="root">Where the pages are that refer to it: who may open them may open it.</param>
    public static Asset Read(string name, string contentType, string root = ConsolePaths.Root)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly has no resource '{name}'.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Asset($"{root}/assets/{Convert.ToHexStringLower(SHA256.HashData(content))[..12]}/{name}", contentType, content);
    }
}
