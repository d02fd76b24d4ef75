using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>Makes pictures for the documents: only when <see cref="Folder"/> says where to, which <c>scripts/screenshots.sh</c> does.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScreenshotFactAttribute : FactAttribute
{
    public ScreenshotFactAttribute() => Skip = Folder is null ? "left out: scripts/screenshots.sh makes the pictures" : Chromium.Skip;

    public static string? Folder { get; } = Environment.GetEnvironmentVariable("SPLITRAIL_SCREENSHOTS");
}
