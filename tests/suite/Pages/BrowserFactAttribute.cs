using Xunit;

namespace Splitrail.Tests.Suite.Pages;

/// <summary>A test in a real browser, or the word that it is left out.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.Skip;
}
