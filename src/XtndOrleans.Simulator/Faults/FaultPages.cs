namespace XtndOrleans.Simulator;

/// <summary>Answers that do not come from Magento's REST code: its error pages, nginx's, a firewall's.</summary>
internal static class FaultPages
{
    public static RestResult Fatal() => RestResult.Json(new PhpJson().Object().Name("messages").Object().Name("error").Array().Object()
        .Field("code", 500).Field("message", "Server internal error. See details in report api/1234567890")
        .EndObject().EndArray().EndObject().EndObject().ToArray(), 500);

    public static RestResult Maintenance() => RestResult.Html(503, Magento("Error 503: Service Unavailable", "Service Temporarily Unavailable",
        "The server is temporarily unable to service your request due to maintenance downtime or capacity problems.\nPlease try again later."));

    public static RestResult Crash() => RestResult.Html(500, Magento("There has been an error processing your request",
        "There has been an error processing your request", "Exception printing is disabled by default for security reasons."));

    /// <summary>The page breaks off where PHP noticed that it has no configuration.</summary>
    public static RestResult DatabaseDown() => RestResult.Html(500,
        "<!doctype html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" >\n<head>\n    <title>There has been an error processing your request</title>\n" +
        "    <base href=\"An error has happened during application run. See exception log for details.\n", "text/plain;charset=UTF-8");

    public static RestResult Nginx(int status, string reason) => RestResult.Html(status,
        $"<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body>\r\n<center><h1>{status} {reason}</h1></center>\r\n<hr><center>nginx/1.22.1</center>\r\n</body>\r\n</html>\r\n");

    public static RestResult Challenge(int status) => RestResult.Html(status,
        "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a moment...</title><meta name=\"robots\" content=\"noindex,nofollow\"></head>" +
        "<body><div class=\"cf-error-details\">Checking your browser before accessing the store.</div></body></html>");

    static string Magento(string title, string heading, string text) =>
        $"<!doctype html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" >\n<head>\n    <title>{title}</title>\n</head>\n<body>\n" +
        $"    <main class=\"page-main\">\n<h1>{heading}</h1>\n<p>\n    {text}\n</p>\n    </main>\n</body>\n</html>\n";
}
