namespace Splitrail.ExperimentSvc;

/// <summary>The one seam by which tests and the laptop host start this service.</summary>
public static class ExperimentApp
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        configure?.Invoke(builder);
        return builder.Build();
    }
}
