//! What can stand in the audit log of a group.

open_enum! {
    /// What somebody did to a group, or with it.
    ///
    /// Filters spell values as `ChangeRank`, answers have been seen with `Change Rank`; both are the same here.
    GroupAuditLogAction,
    /// A post was deleted from the wall.
    DeletePost = "DeletePost" | "Delete Post",
    /// A member was removed.
    RemoveMember = "RemoveMember" | "Remove Member",
    /// Somebody who asked to join was let in.
    AcceptJoinRequest = "AcceptJoinRequest" | "Accept Join Request",
    /// Somebody who asked to join was turned down.
    DeclineJoinRequest = "DeclineJoinRequest" | "Decline Join Request",
    /// The status, or shout, was set.
    PostStatus = "PostStatus" | "Post Status",
    /// A member got another role.
    ChangeRank = "ChangeRank" | "Change Rank",
    /// An advertisement was bought.
    BuyAd = "BuyAd" | "Buy Ad",
    /// Another group was asked to be an ally.
    SendAllyRequest = "SendAllyRequest" | "Send Ally Request",
    /// Another group was made an enemy.
    CreateEnemy = "CreateEnemy" | "Create Enemy",
    /// Another group became an ally.
    AcceptAllyRequest = "AcceptAllyRequest" | "Accept Ally Request",
    /// Another group was not taken as an ally.
    DeclineAllyRequest = "DeclineAllyRequest" | "Decline Ally Request",
    /// An ally is none any more.
    DeleteAlly = "DeleteAlly" | "Delete Ally",
    /// An enemy is none any more.
    DeleteEnemy = "DeleteEnemy" | "Delete Enemy",
    /// A place was added.
    AddGroupPlace = "AddGroupPlace" | "Add Group Place",
    /// A place was removed.
    RemoveGroupPlace = "RemoveGroupPlace" | "Remove Group Place",
    /// Avatar items were made.
    CreateItems = "CreateItems" | "Create Items",
    /// Avatar items were changed.
    ConfigureItems = "ConfigureItems" | "Configure Items",
    /// Funds were spent.
    SpendGroupFunds = "SpendGroupFunds" | "Spend Group Funds",
    /// The group got another owner.
    ChangeOwner = "ChangeOwner" | "Change Owner",
    /// The group was deleted.
    Delete = "Delete",
    /// The service corrected the funds.
    AdjustCurrencyAmounts = "AdjustCurrencyAmounts" | "Adjust Currency Amounts",
    /// The owner gave the group up.
    Abandon = "Abandon",
    /// Somebody took over a group without owner.
    Claim = "Claim",
    /// The group got another name.
    Rename = "Rename",
    /// The description was changed.
    ChangeDescription = "ChangeDescription" | "Change Description",
    /// Somebody was invited to the clan.
    InviteToClan = "InviteToClan" | "Invite to Clan",
    /// Somebody was removed from the clan.
    KickFromClan = "KickFromClan" | "Kick from Clan",
    /// An invitation to the clan was taken back.
    CancelClanInvite = "CancelClanInvite" | "Cancel Clan Invite",
    /// A clan was bought.
    BuyClan = "BuyClan" | "Buy Clan",
    /// An asset was made.
    CreateGroupAsset = "CreateGroupAsset" | "Create Group Asset",
    /// An asset got new content.
    UpdateGroupAsset = "UpdateGroupAsset" | "Update Group Asset",
    /// An asset was changed.
    ConfigureGroupAsset = "ConfigureGroupAsset" | "Configure Group Asset",
    /// An asset went back to an older version.
    RevertGroupAsset = "RevertGroupAsset" | "Revert Group Asset",
    /// A developer product was made.
    CreateGroupDeveloperProduct = "CreateGroupDeveloperProduct" | "Create Group Developer Product",
    /// A universe was changed.
    ConfigureGroupGame = "ConfigureGroupGame" | "Configure Group Game",
    /// A subscription was made.
    CreateGroupDeveloperSubscriptionProduct = "CreateGroupDeveloperSubscriptionProduct" | "Create Group Developer Subscription Product",
    /// The group was locked.
    Lock = "Lock",
    /// The group was unlocked.
    Unlock = "Unlock",
    /// A game pass was made.
    CreateGamePass = "CreateGamePass" | "Create Game Pass",
    /// A badge was made.
    CreateBadge = "CreateBadge" | "Create Badge",
    /// A badge was changed.
    ConfigureBadge = "ConfigureBadge" | "Configure Badge",
    /// A place was saved.
    SavePlace = "SavePlace" | "Save Place",
    /// A place was published.
    PublishPlace = "PublishPlace" | "Publish Place",
    /// A role got another rank.
    UpdateRolesetRank = "UpdateRolesetRank" | "Update Roleset Rank",
    /// A role got another name or description.
    UpdateRolesetData = "UpdateRolesetData" | "Update Roleset Data",
    /// A member was banned.
    BanMember = "BanMember" | "Ban Member",
    /// A ban was lifted.
    UnbanMember = "UnbanMember" | "Unban Member",
    /// A forum category was made.
    CreateForumCategory = "CreateForumCategory" | "Create Forum Category",
    /// A forum category was changed.
    UpdateForumCategory = "UpdateForumCategory" | "Update Forum Category",
    /// A forum category was archived.
    ArchiveForumCategory = "ArchiveForumCategory" | "Archive Forum Category",
    /// A forum category was deleted.
    DeleteForumCategory = "DeleteForumCategory" | "Delete Forum Category",
    /// A forum post was deleted.
    DeleteForumPost = "DeleteForumPost" | "Delete Forum Post",
    /// A forum comment was deleted.
    DeleteForumComment = "DeleteForumComment" | "Delete Forum Comment",
    /// A forum post was pinned.
    PinForumPost = "PinForumPost" | "Pin Forum Post",
    /// A forum post was unpinned.
    UnpinForumPost = "UnpinForumPost" | "Unpin Forum Post",
    /// A forum post was locked.
    LockForumPost = "LockForumPost" | "Lock Forum Post",
    /// A forum post was unlocked.
    UnlockForumPost = "UnlockForumPost" | "Unlock Forum Post",
    /// A role was made.
    CreateRoleset = "CreateRoleset" | "Create Role Set" | "Create Roleset",
    /// A role was deleted.
    DeleteRoleset = "DeleteRoleset" | "Delete Role Set" | "Delete Roleset",
    /// A commerce product was made.
    CreateCommerceProduct = "CreateCommerceProduct" | "Create Commerce Product",
    /// A commerce product was put on sale.
    SetCommerceProductActive = "SetCommerceProductActive" | "Set Commerce Product Active",
    /// A commerce product was archived.
    ArchiveCommerceProduct = "ArchiveCommerceProduct" | "Archive Commerce Product",
    /// The fee for bundling a commerce product was accepted.
    AcceptCommerceProductBundlingFee = "AcceptCommerceProductBundlingFee" | "Accept Commerce Product Bundling Fee",
    /// A commerce product was taken off sale.
    SetCommerceProductInactive = "SetCommerceProductInactive" | "Set Commerce Product Inactive",
    /// A merchant was connected.
    ConnectMerchant = "ConnectMerchant" | "Connect Merchant",
    /// A merchant was disconnected.
    DisconnectMerchant = "DisconnectMerchant" | "Disconnect Merchant",
    /// Somebody joined.
    JoinGroup = "JoinGroup" | "Join Group",
    /// Somebody left.
    LeaveGroup = "LeaveGroup" | "Leave Group",
    /// The icon was changed.
    UpdateGroupIcon = "UpdateGroupIcon" | "Update Group Icon",
    /// The cover photo was changed.
    UpdateGroupCoverPhoto = "UpdateGroupCoverPhoto" | "Update Group Cover Photo",
    /// A member got one more role.
    AssignRole = "AssignRole" | "Assign Role",
    /// A role was taken from a member.
    UnassignRole = "UnassignRole" | "Unassign Role",
    /// An announcement was published.
    PublishAnnouncement = "PublishAnnouncement" | "Publish Announcement",
    /// An announcement was deleted.
    DeleteAnnouncement = "DeleteAnnouncement" | "Delete Announcement",
    /// The permissions of a role were changed.
    UpdateRoleSetPermissions = "UpdateRoleSetPermissions" | "Update Role Set Permissions" | "Update Roleset Permissions",
    /// The security settings were changed.
    UpdateGroupSecuritySettings = "UpdateGroupSecuritySettings" | "Update Group Security Settings",
    /// The group got the enterprise tier.
    GrantEnterpriseTier = "GrantEnterpriseTier" | "Grant Enterprise Tier",
    /// The group lost the enterprise tier.
    RevokeEnterpriseTier = "RevokeEnterpriseTier" | "Revoke Enterprise Tier",
}
