using System.Text;
using System.Text.Encodings.Web;
using Splitrail.Gateway.Welcome;

namespace Splitrail.Gateway;

internal static class WelcomeEndpoints
{
    public static void MapWelcome(this IEndpointRouteBuilder routes) => routes.MapGet("/", Welcome).WithSummary("What this is").Produces<WelcomeAnswer>();

    private static IResult Welcome(HttpRequest request)
    {
        var answer = WelcomeAnswer.For($"{request.Scheme}://{request.Host}");
        var wantsHtml = request.GetTypedHeaders().Accept.Any(static type => type.MediaType == "text/html");
        return wantsHtml ? TypedResults.Text(Html(answer), "text/html; charset=utf-8") : TypedResults.Ok(answer);
    }

    private static string Html(WelcomeAnswer answer)
    {
        var encode = HtmlEncoder.Default;
        var text = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Splitrail</title>")
            .Append("<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem}")
            .Append("pre{overflow-x:auto;background:#f4f4f4;padding:.75rem}</style>")
            .Append("</head><body><h1>").Append(answer.Name).Append(' ').Append(answer.Version)
            .Append("</h1><p>Product recommendations in real time, with experiments.</p><ul>");
        foreach (var (name, address) in answer.Links)
            text.Append("<li><a href=\"").Append(encode.Encode(address)).Append("\">").Append(name).Append("</a></li>");
        text.Append("</ul>");
        foreach (var example in answer.Examples)
            text.Append("<pre>").Append(encode.Encode(example)).Append("</pre>");
        return text.Append("</body></html>").ToString();
    }
}
