//! The page that the browser shows: static text that loads nothing and is not cached.

/// Returns the response with this status. It repeats nothing of the request.
pub(super) fn response(status: u16) -> String {
    let (reason, text) = match status {
        200 => ("OK", "You can close this page and go back to the program."),
        403 => (
            "Forbidden",
            "Nothing was granted. You can close this page and go back to the program.",
        ),
        404 => ("Not Found", "This page does not exist."),
        405 => ("Method Not Allowed", "This page does not exist."),
        421 => ("Misdirected Request", "This page does not exist."),
        431 => (
            "Request Header Fields Too Large",
            "The request is too large.",
        ),
        _ => (
            "Bad Request",
            "This request does not belong to the sign-in in progress.",
        ),
    };
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Sign-in</title>\n<p>{text}</p>\n</html>\n"
    );
    let allow = if status == 405 { "allow: GET\r\n" } else { "" };
    format!(
        "HTTP/1.1 {status} {reason}\r\n\
         content-type: text/html; charset=utf-8\r\n\
         content-length: {}\r\n\
         content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n\
         cache-control: no-store\r\n\
         referrer-policy: no-referrer\r\n\
         x-content-type-options: nosniff\r\n\
         {allow}\
         connection: close\r\n\r\n{page}",
        page.len()
    )
}
