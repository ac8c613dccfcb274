//! Every call about groups, with every parameter.

use rblx_open_cloud::Client;
use rblx_open_cloud::models::MembershipFilter;

pub(crate) fn call(client: &Client) {
    let group = client.group(7);
    group.get().unwrap();
    group
        .list_roles()
        .page_size(2)
        .limit(2)
        .for_each(|role| assert!(role.is_ok()));
    group.get_role(9).unwrap();
    for filter in [
        MembershipFilter::all(),
        MembershipFilter::user(156),
        MembershipFilter::role(9),
    ] {
        group
            .list_memberships(filter)
            .page_size(2)
            .limit(2)
            .for_each(|one| assert!(one.is_ok()));
    }
    client
        .list_memberships([156, 2])
        .limit(2)
        .for_each(|one| assert!(one.is_ok()));
    group.set_role(156, 9).unwrap();
    group.assign_role(156, 9).unwrap();
    group.unassign_role(156, 9).unwrap();
    group
        .list_join_requests()
        .page_size(2)
        .limit(2)
        .for_each(|one| assert!(one.is_ok()));
    group.find_join_request(156).unwrap();
    group.accept_join_request(156).unwrap();
    group.decline_join_request(156).unwrap();
}
