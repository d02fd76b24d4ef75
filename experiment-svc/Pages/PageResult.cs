using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Splitrail.ExperimentSvc.Pages;

/// <summary>A page as an endpoint's answer.</summary>
internal static class PageResult
{
    /// <param name="visit">Who looks.</param>
    /// <param name="model">The page's parameter <c>Model</c>; null for a page without one.</param>
    /// <param name="status">HTTP status.</param>
    public static RazorComponentResult<TPage> Of<TPage>(Visit visit, object? model = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent
    {
        var parameters = new Dictionary<string, object?> { ["Visit"] = visit };
        if (model is not null)
            parameters["Model"] = model;
        return new RazorComponentResult<TPage>(parameters) { StatusCode = status };
    }
}
